### Die E-Mail-Domains einer Organisation.

settings-joining = Beitritt
domains-title = E-Mail-Domains
domains-settings-hint = Lassen Sie Personen mit eigenen Adressen selbst beitreten, anfragen oder nur auf Einladung kommen.
domains-lead = Weisen Sie nach, dass eine Domain zu { $organization } gehört, und legen Sie fest, wie Personen mit Adressen dort beitreten.
domains-none = Noch keine E-Mail-Domain
domains-none-words = Fügen Sie die Domain hinter dem @ Ihrer Adressen hinzu. Der Nachweis ist ein DNS-Eintrag.
domains-caption = E-Mail-Domains von { $organization }
label-domain = Domain
hint-domain = Was in Ihren Adressen hinter dem @ steht, etwa acme.example. Eine Subdomain ist eine eigene Domain.
domain-add-title = Domain hinzufügen
domain-add = Domain hinzufügen
domain-added = Hinzugefügt von { $who },
domain-remove = Domain entfernen
domain-remove-title = { $domain } entfernen?
domain-remove-words = Personen mit Adressen dort treten nicht mehr über sie bei. Wer beigetreten ist, bleibt Mitglied, und Anfragen bleiben bestehen. Danach kann eine andere Organisation die Domain nachweisen.

state-domain-pending = Nicht nachgewiesen
state-domain-verified = Nachgewiesen
state-domain-missing = Eintrag fehlt
state-domain-lapsed = Nicht mehr nachgewiesen
domain-pending-words = Mit Adressen bei { $domain } geschieht noch nichts. Veröffentlichen Sie den Eintrag unten dort, wo Ihr DNS verwaltet wird, und lassen Sie ihn dann hier prüfen.
domain-verified-words = Nachgewiesen seit { $when }. Lassen Sie den Eintrag bestehen: Er wird einmal am Tag angesehen.
domain-missing-words = Der Eintrag von { $domain } steht nicht mehr im DNS. Veröffentlichen Sie ihn wieder vor { $until }; von da an gilt die Domain als nicht nachgewiesen.
domain-lapsed-words = Der Eintrag von { $domain } fehlte zu lange, daher gilt die Domain seit { $when } nicht mehr als nachgewiesen. Veröffentlichen Sie den Eintrag wieder und lassen Sie ihn prüfen.
domain-not-found = Wir haben bei <code>{ $name }</code> noch keinen TXT-Eintrag gefunden. Im DNS kann das bis zu einer Stunde dauern.
domain-differs = Wir haben bei <code>{ $name }</code> einen TXT-Eintrag gefunden, aber mit einem anderen Wert. Veröffentlichen Sie den Wert unten, ganz. Gefunden:
domain-no-answer = Die Nameserver Ihrer Domain haben auf die Frage nach <code>{ $name }</code> nicht geantwortet. Prüfen Sie, ob die Domain funktioniert, und versuchen Sie es in einigen Minuten noch einmal.
domain-checked = Zuletzt geprüft

record-title = Diesen Eintrag veröffentlichen
record-title-verified = Der Eintrag im DNS
record-words = Legen Sie ihn dort an, wo Ihr DNS verwaltet wird. Manche Oberflächen hängen die Domain selbst an den Namen; lassen Sie sie dann weg.
record-words-verified = Er weist nach, dass die Domain Ihnen gehört.
record-type = Typ
record-name = Name
record-value = Wert
record-copy-name = Namen kopieren
record-copy-value = Wert kopieren
check-now = Jetzt prüfen

policy-title = Wie sie beitreten
policy-legend = Personen mit Adressen dort
policy-admit = Treten sofort bei
policy-admit-hint = Sie kommen mit dem Zugriff herein, den Sie hier wählen, solange Sie ihn selbst geben könnten.
policy-admit-lacking = Um Personen sofort beitreten zu lassen, brauchen Sie die Berechtigung, Mitglieder einzuladen.
policy-review = Fragen an, und jemand entscheidet
policy-review-hint = Sie senden eine Beitrittsanfrage. Niemand kommt herein, bevor jemand sie annimmt.
policy-invitation-only = Treten nur auf Einladung bei
policy-invitation-only-hint = Anfragen und Mitarbeitercodes werden abgewiesen.
policy-change = Ändern, wie sie beitreten
policy-once-verified = Das gilt, sobald die Domain nachgewiesen ist.
domain-admits = Sie treten sofort bei. Zugriff: { $access }
domain-reviews = Sie fragen an, und jemand entscheidet.
domain-invites-only = Sie treten nur auf Einladung bei.
domain-falls-back = { $who } hat diesen Zugriff gewählt und könnte ihn nicht mehr geben, daher wird stattdessen über Anfragen entschieden.
domain-falls-back-next = Wählen Sie ihn erneut, um selbst dafür einzustehen.

notice-domain-added = <strong>{ $domain }</strong> ist hinzugefügt. Veröffentlichen Sie den Eintrag und lassen Sie ihn dann prüfen.
notice-domain-verified = Der Eintrag wurde gefunden. <strong>{ $domain }</strong> ist nachgewiesen.
notice-domain-removed = <strong>{ $domain }</strong> ist entfernt.

fault-domain-required = Geben Sie eine Domain ein
fault-invalid_domain = Geben Sie eine Domain im richtigen Format ein, etwa acme.example
fault-domain-too_long = Die Domain ist länger, als DNS es erlaubt
fault-free_mail_domain = Bei dieser Domain kann jeder eine Adresse haben. Geben Sie eine eigene Domain ein.
fault-owner_not_admitted = Eine Domain macht niemanden zum Owner. Wählen Sie einen anderen Zugriff.
fault-policy-required = Wählen Sie, wie Personen mit Adressen dort beitreten
refusal-email_domain_exists = Ihre Organisation hat diese Domain schon.
refusal-email_domain_taken = Der Eintrag wurde gefunden, aber eine andere Organisation hat diese Domain nachgewiesen. Bitten Sie sie, die Domain dort zuerst zu entfernen.
refusal-domain_record_not_found = Diesen TXT-Eintrag gibt es noch nicht.
refusal-domain_record_differs = Der TXT-Eintrag hat einen anderen Wert.
refusal-domain_no_answer = Die Nameserver der Domain haben nicht geantwortet.
refusal-too_many_checks = Im DNS wurde vorerst oft genug nachgesehen. Sie können um { $until } wieder prüfen.
refusal-too_many_email_domains = Sie haben heute viele Domains hinzugefügt. Weitere können Sie um { $until } hinzufügen.

came-email-domain = über eine Adresse der Organisation
action-email_domain-added = E-Mail-Domain hinzugefügt
action-email_domain-verified = E-Mail-Domain nachgewiesen
action-email_domain-policy_changed = E-Mail-Domain geändert
action-email_domain-removed = E-Mail-Domain entfernt
action-email_domain-record_missing = Eintrag einer E-Mail-Domain fehlt
action-email_domain-record_found = Eintrag einer E-Mail-Domain wieder gefunden
action-email_domain-lapsed = E-Mail-Domain nicht mehr nachgewiesen
action-email_domain-joined = Über E-Mail-Domain beigetreten

own-domain-admits = Mit Ihrer Adresse bei { $domain } können Sie { $organization } jetzt beitreten.
own-domain-reviews = { $organization } entscheidet über Personen mit Adressen bei { $domain }. Bitten Sie dort um Aufnahme.
own-domain-invites-only = { $organization } nimmt Personen mit Adressen bei { $domain } nur auf Einladung auf. Bitten Sie dort um eine Einladung.
own-domain-join = { $organization } beitreten
own-domain-ask = { $organization } um Aufnahme bitten
refusal-email_domain_reviewed = Diese Organisation entscheidet über jede Person mit einer Adresse bei Ihrer Domain. Fragen Sie an.
refusal-email_domain_invitation_only = Diese Organisation nimmt Personen mit Adressen bei Ihrer Domain nur auf Einladung auf.
