## Einer Organisation beitreten, und Menschen beitreten lassen.

label-contact = Kontakt für Fragen
hint-contact = Das sehen Menschen, die Sie nicht aufnehmen, etwa: Bo Lindqvist, hr@acme.example. Ohne Angabe sehen sie den Kontakt der Plattform.
fault-contact-too_long = Der Kontakt ist länger als 200 Zeichen
fault-contact-malformed = Geben Sie einen Namen, eine E-Mail-Adresse oder eine Telefonnummer auf einer Zeile ein, und keine Webadresse
