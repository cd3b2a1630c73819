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
join-invited = <strong>{ $organization }</strong> hat Sie eingeladen.
join-ask-contact = Wenden Sie sich an <strong>{ $contact }</strong>.
start-join-words = Suchen Sie sie nach ihrem Namen.

proposal-title = Zugriff für Menschen, die beitreten
proposal-lead = Wer eine Beitrittsanfrage annimmt, findet dies ausgewählt und kann einen anderen Zugriff wählen.
proposal-hint = Vorausgewählt: { $access }
proposal-nothing = Nichts
proposal-nothing-hint = Wer annimmt, wählt aus.

join-see-invitation = Einladung ansehen
join-asked = Sie haben am { $day } um den Beitritt zu <strong>{ $organization }</strong> gebeten.
join-see-request = Anfrage ansehen
join-too-soon = <strong>{ $organization }</strong> hat Ihre Anfrage am { $at } abgelehnt. Sie können ab { $again } wieder fragen.
join-how = Wie möchten Sie beitreten?
join-code = Mitarbeitercode
join-code-hint = Ein geheimer Code, den Ihre Organisation ausgibt.
join-code-example = Zum Beispiel 7Q4K-M2XP-9DTA. Großschreibung, Leerzeichen und Striche spielen keine Rolle.
join-approval = Genehmigung
join-approval-hint = Jemand bei { $organization } entscheidet.
join-vouched = Man sieht dort, dass Ihre Adresse bei { $domain } ist, und diese Domain hat { $organization } nachgewiesen.
join-note = Nachricht (optional)
join-note-hint = Sagen Sie, wer Sie sind und wer Sie dort kennt.
characters-left = 0 Zeichen übrig
characters-over = 0 Zeichen zu viel
join-send = Anfrage senden
join-unnamed-title = Mit einem Mitarbeitercode beitreten
join-unnamed-words = Diese Adresse führt zu keiner Organisation, die sich suchen lässt. Wenn Ihre Ihnen einen Mitarbeitercode gegeben hat, geben Sie ihn hier ein.
fault-method-required = Wählen Sie, wie Sie beitreten möchten
fault-code-required = Geben Sie den Mitarbeitercode ein
fault-code-refused = Dieser Code funktioniert bei { $organization } nicht. Prüfen Sie ihn, bitten Sie Ihre Organisation um einen anderen, oder wählen Sie „Genehmigung“.
fault-code-refused-unnamed = Dieser Code funktioniert hier nicht. Prüfen Sie ihn, oder bitten Sie Ihre Organisation um einen anderen.
fault-code-spent = Zu viele Versuche. Sie können es am { $until } wieder versuchen, oder jetzt „Genehmigung“ wählen.
fault-code-spent-unnamed = Zu viele Versuche. Sie können es am { $until } wieder versuchen.
fault-note-too_long = Die Nachricht ist länger als 300 Zeichen
notice-asked = Ihre Anfrage ist an <strong>{ $organization }</strong> gesendet.
notice-code-accepted = Ihr Mitarbeitercode wurde angenommen.
notice-reminded = Wir haben <strong>{ $organization }</strong> erinnert.
refusal-too_many_join_requests = Sie haben heute viele Anfragen gesendet. Die nächste können Sie am { $until } senden.

request-title = Ihre Beitrittsanfrage an { $organization }
request-pending = Wartet
request-approved = Angenommen
request-rejected = Abgelehnt
request-withdrawn = Zurückgezogen
request-settled = Anders beigetreten
request-expired = Abgelaufen
request-waits-approval = Sie haben am { $day } um den Beitritt zu <strong>{ $organization }</strong> gebeten, mit Genehmigung.
request-waits-code = Sie haben am { $day } um den Beitritt zu <strong>{ $organization }</strong> gebeten, mit einem Mitarbeitercode.
request-waits-domain = Sie haben am { $day } um den Beitritt zu <strong>{ $organization }</strong> gebeten, mit Ihrer Adresse bei <strong>{ $domain }</strong>.
request-waits-words = Jemand dort muss entscheiden. Wir schreiben an <strong>{ $email }</strong>. Ohne Entscheidung läuft die Anfrage am { $day } ab.
request-your-note = Ihre Nachricht
request-remind = Erinnerung senden
request-remind-again = Sie können ab { $when } wieder erinnern.
request-withdraw = Anfrage zurückziehen
request-approved-words = <strong>{ $organization }</strong> hat Ihre Anfrage angenommen. Sie können loslegen: { $access }.
request-rejected-words = <strong>{ $organization }</strong> hat Ihre Anfrage abgelehnt.
request-reason = Grund: { $reason }
request-questions = Fragen? Wenden Sie sich an <strong>{ $contact }</strong>.
request-ask-from = Sie können ab { $when } wieder fragen.
request-ask-again = Noch einmal fragen
request-withdrawn-words = Sie haben diese Anfrage am { $day } zurückgezogen.
request-expired-words = { $days ->
    [one] Innerhalb eines Tages hat niemand entschieden.
   *[other] Innerhalb von { $days } Tagen hat niemand entschieden.
}
request-settled-invitation = Sie sind <strong>{ $organization }</strong> am { $day } mit einer Einladung beigetreten; damit ist diese Anfrage erledigt.
request-settled-code = Sie sind <strong>{ $organization }</strong> am { $day } mit einem Mitarbeitercode beigetreten; damit ist diese Anfrage erledigt.
request-settled-domain = Sie sind <strong>{ $organization }</strong> am { $day } mit Ihrer E-Mail-Adresse beigetreten; damit ist diese Anfrage erledigt.
withdraw-title = Beitrittsanfrage an { $organization } zurückziehen?
withdraw-words = Niemand bei <strong>{ $organization }</strong> muss sie dann noch entscheiden. Sie können wieder fragen.
own-requests = Ihre Anfragen

nav-requests = Anfragen
nav-requests-waiting = warten
overview-requests = Warten auf Genehmigung
requests-title = Anfragen
tab-requests-waiting = Wartend
tab-requests-approved = Angenommen
tab-requests-rejected = Abgelehnt
tab-requests-all = Alle
requests-none = Keine Anfragen
requests-none-words = Menschen finden <strong>{ $organization }</strong> nach dem Namen, oder bringen einen Mitarbeitercode mit.
requests-select = { $name } auswählen
requests-decide = Annehmen oder ablehnen
requests-open = Öffnen
requests-access = Zugriff: { $access }
requests-approve = Ausgewählte annehmen
requests-approve-count = Ausgewählte annehmen (0)
fault-requests-required = Wählen Sie mindestens eine Anfrage aus
notice-requests-approved = Angenommen: { $count }.
method-approval = Genehmigung
method-code = Mitarbeitercode
method-code-labelled = Mitarbeitercode: { $label }
method-domain = E-Mail-Domain { $domain }, nachgewiesen
card-age = { $days ->
    [0] heute
    [one] 1 Tag alt
   *[other] { $days } Tage alt
}
card-expires = Läuft ab am { $when }
card-namesake = Jemand anderes hier hat denselben Namen: <strong>{ $name }</strong>, { $email }. Vergewissern Sie sich, wer fragt.
card-left = Hat am { $day } verlassen
card-removed = Am { $day } von { $who } entfernt
card-asked-before = Gefragt am { $day }: { $state }
outcome-approved = { $by } hat { $name } am { $when } angenommen.
outcome-rejected = { $by } hat { $name } am { $when } abgelehnt.
outcome-withdrawn = { $name } hat die Anfrage am { $when } zurückgezogen.
outcome-settled = { $name } ist am { $when } auf anderem Weg beigetreten.
outcome-expired = Niemand hat entschieden. Die Anfrage ist am { $when } abgelaufen.
review-title = { $name } bittet um den Beitritt zu { $organization }
review-access = Zugriff wählen
review-approve = { $name } annehmen
review-reject-open = Diese Anfrage ablehnen
review-reason-hint = Die Person liest diesen Grund.
review-reject = { $name } ablehnen
reason-unknown = Wir kennen Sie nicht. Schreiben Sie uns von einer unserer Adressen, oder fragen Sie die Person, die Sie kennt.
reason-wrong-place = Vielleicht suchen Sie eine andere Organisation dieses Namens.
reason-invited = Wir nehmen Menschen mit einer Einladung auf. Bitten Sie die Person, mit der Sie arbeiten, Sie einzuladen.
notice-request-approved = <strong>{ $who }</strong> ist aufgenommen.
notice-request-rejected = Die Anfrage von <strong>{ $who }</strong> ist abgelehnt.
decided-title = Was aus den Anfragen wurde
results-approved = { $count ->
    [one] 1 angenommen
   *[other] { $count } angenommen
}
results-others = Nicht angenommen
results-back = Zurück zu den Anfragen
result-approved = { $by } hat sie am { $when } angenommen.
result-rejected = { $by } hat sie am { $when } abgelehnt.
result-withdrawn = Sie wurde am { $when } zurückgezogen.
result-settled = Diese Person ist am { $when } auf anderem Weg beigetreten.
result-expired = Sie ist am { $when } abgelaufen.
refusal-already_decided = Diese Anfrage ist schon entschieden.
refusal-requester_gone = Das Konto dieser Person lässt sich nicht mehr verwenden.

codes-title = Mitarbeitercodes
codes-lead = Ein Code, den Sie Ihren Leuten geben, stützt deren Anfrage oder lässt sie sofort ein.
codes-none = Keine Mitarbeitercodes
codes-none-words = Erstellen Sie einen, und geben Sie ihn den Menschen, die beitreten sollen.
codes-caption = Mitarbeitercodes von { $organization }
codes-wrong = { $count ->
    [one] In den letzten 30 Tagen wurde hier ein Code eingegeben, der keiner von Ihren ist.
   *[other] In den letzten 30 Tagen wurden hier { $count }-mal Codes eingegeben, die keine von Ihren sind.
}
code-unlabelled = Ohne Bezeichnung
code-made-by = { $name }, { $day }
code-uses = { $used ->
    [0] Noch nicht verwendet
    [one] Einmal verwendet
   *[other] { $used }-mal verwendet
}
code-uses-of = { $used } von { $most }
code-never = Nie
code-reviews = Wird geprüft
code-reviews-with = Wird geprüft; schlägt vor: { $access }
code-admits = Lässt sofort ein: { $access }
code-state-active = Gültig
code-state-used_up = Aufgebraucht
code-state-expired = Abgelaufen
code-state-revoked = Widerrufen
code-refused-revoked = Abgewiesen, da widerrufen: { $count }
code-refused-expired = Abgewiesen, da abgelaufen: { $count }
code-refused-used-up = Abgewiesen, da aufgebraucht: { $count }
code-refused-elsewhere = Bei einer anderen Organisation versucht: { $count }
label-code-label = Bezeichnung
hint-code-label = Optional. Nur Ihre Organisation sieht sie, etwa: Lager, Mai.
label-code-count = Wie viele Codes
hint-code-count = 1 bis { $most }. Jeder ist anders.
label-code-uses = Verwendungen je Code
hint-code-uses = Wie viele Menschen einen verwenden dürfen. Leer heißt: beliebig viele.
label-code-expires = Gilt für
code-days = { $days ->
    [one] 1 Tag
   *[other] { $days } Tage
}
column-code-state = Zustand
column-code-uses = Verwendungen
column-code-expires = Läuft ab
column-code-opens = Was er öffnet
column-code-where = Wo er gilt
fault-code-label-too_long = Die Bezeichnung ist länger als 100 Zeichen
fault-count = Geben Sie eine Zahl von 1 bis { $most } ein
fault-uses = Geben Sie eine ganze Zahl ein, oder nichts
code-entry-review = Jemand prüft die Anfrage
code-entry-review-hint = Der Code zeigt, dass die Person zu Ihnen gehört. Jemand von denen, die prüfen, entscheidet.
code-entry-admit = Der Code lässt sofort ein
code-entry-admit-hint = Solange Sie diesen Zugriff noch geben könnten. Sonst wird die Anfrage geprüft.
code-make-title = Code erstellen
code-make-lead = Sie sehen jeden Code einmal, nachdem Sie ihn erstellt haben.
code-make = Code erstellen
code-made-title = Ihr Mitarbeitercode
codes-made-title = Ihre { $count } Mitarbeitercodes
code-once-words = Kopieren Sie ihn jetzt. Niemand kann ihn noch einmal zeigen.
code-copy = Code kopieren
code-copied = Kopiert
code-csv = Als CSV herunterladen
code-done = Fertig
code-revoke-title = Den Code „{ $label }“ widerrufen?
code-revoke-words = Der Code gilt sofort nicht mehr. Anfragen, die er gestützt hat, bleiben.
code-revoke = Code widerrufen
notice-code-revoked = Der Code „{ $who }“ gilt nicht mehr.
