## Einer Organisation beitreten, und Menschen beitreten lassen.

label-contact = Kontakt für Fragen
hint-contact = Das sehen Menschen, die Sie nicht aufnehmen, etwa: Bo Lindqvist, hr@acme.example. Ohne Angabe sehen sie den Kontakt der Plattform.
fault-contact-too_long = Der Kontakt ist länger als 200 Zeichen
fault-contact-malformed = Geben Sie einen Namen, eine E-Mail-Adresse oder eine Telefonnummer auf einer Zeile ein, und keine Webadresse

join-title = Einer Organisation beitreten
join-lead = Suchen Sie Ihre Organisation und wählen Sie dann, wie Sie beitreten.
join-search = Nach Ihrer Organisation suchen
join-search-hint = Wählen Sie aus der Liste, oder geben Sie einen Teil des Namens ein.
join-organizations = Organisationen
join-found = { $count ->
    [one] 1 Organisation gefunden
   *[other] { $count } Organisationen gefunden
}
join-found-part = { $count ->
    [one] 1 Organisation von mehreren
   *[other] { $count } Organisationen von vielen. Geben Sie mehr vom Namen ein, um weniger zu sehen.
}
join-found-none = Keine Organisation gefunden
join-none = Unter diesem Namen lässt sich hier keine Organisation finden. Prüfen Sie die Schreibweise. Manche Organisationen lassen sich nicht suchen: Bitten Sie Ihre um eine Einladung.
fault-choose-organization = Wählen Sie Ihre Organisation
continue = Weiter

join-organization-title = { $organization } beitreten
join-not-this-one = Nicht die richtige?
join-search-again = Neu suchen
join-already-member = Sie gehören schon zu <strong>{ $organization }</strong>.
join-go = Weiter zu { $organization }
join-invited = <strong>{ $organization }</strong> hat Sie am { $day } eingeladen. Öffnen Sie den Link in der E-Mail, die wir an { $email } gesendet haben.
join-ask-contact = Wenden Sie sich an <strong>{ $contact }</strong>.
join-by-invitation = Mit einer Einladung
join-by-invitation-words = Bitten Sie jemanden bei <strong>{ $organization }</strong>, <strong>{ $email }</strong> einzuladen. Der Link in dieser E-Mail lässt Sie ein.
start-join-words = Suchen Sie sie nach ihrem Namen.

proposal-title = Zugang für Menschen, die beitreten
proposal-lead = Wer eine Beitrittsanfrage annimmt, findet dies ausgewählt und kann einen anderen Zugang wählen.
proposal-hint = Vorausgewählt: { $access }
proposal-nothing = Nichts
proposal-nothing-hint = Wer annimmt, wählt aus.
