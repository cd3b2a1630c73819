### Eine Organisation und ihre Menschen; das Entwicklungspostfach.

overview-access = Ihr Zugriff: <strong>{ $access }</strong>
overview-active = Mitglieder
overview-pending = Offene Einladungen
overview-failed = Fehlgeschlagene E-Mails
overview-expired = Abgelaufene Einladungen
overview-events = Was zuletzt geschah
overview-all-events = Das ganze Protokoll ansehen
tasks-title = Erste Schritte
task-invite = Die erste Person einladen
task-second-owner = Einen zweiten Owner bestimmen
task-mail = E-Mail einrichten
task-done = Erledigt
task-open = Offen

tabs-users = Listen der Benutzer
tab-active = Aktiv
tab-pending = Offen
tab-failed = Fehlgeschlagen
tab-expired = Abgelaufen
tab-removed = Entfernt
status-active = Aktiv
removed-by = durch { $who }
removed-left = selbst gegangen
no-reason = Ohne Begründung
history = Verlauf
download-csv = Herunterladen (CSV)
for-whom = für { $email }
one-owner = <strong>{ $organization }</strong> hat nur einen Owner. Bestimmen Sie einen zweiten, damit niemand ausgesperrt wird.
one-owner-step = Jemanden zum Owner machen
search = Suchen
search-members = Nach Name oder E-Mail-Adresse suchen
search-invitations = Nach E-Mail-Adresse suchen
search-clear = Alle anzeigen
filter = Filtern
filter-clear = Filter aufheben
list-of-members = Benutzer von { $organization }
list-of-removed = Frühere Benutzer von { $organization }
list-of-invitations = Einladungen von { $organization }
column-name = Name
column-last_sign_in = Letzte Anmeldung
column-access = Zugriff
column-joined = Seit
column-actions = Aktionen
column-mail = E-Mail
column-state = Zustand
column-sent-by = Gesendet von
column-status = Status
column-removed = Entfernt
column-removed-by = Entfernt von
column-why = Warum
column-access-then = Zugriff damals
column-expired = Abgelaufen
never = Nie
you = (Sie)
own-access = Ihren eigenen Zugriff können Sie nicht ändern
no-actions = Keine
status-removed = Entfernt
came-founding = hat { $organization } gegründet
came-invited = eingeladen von { $who }
came-invitation = auf Einladung
came-approved = auf Anfrage, zugelassen von { $who }
came-request = auf Anfrage
came-code-of = mit einem Mitarbeitercode von { $who }
came-code = mit einem Mitarbeitercode
manage-permissions = Berechtigungen verwalten
remove-access = Zugriff entziehen
resend = Erneut senden
revoke = Zurückziehen
change = Ändern
keep = Behalten
save = Speichern
invite-again = Erneut einladen
open-member = Anzeigen
empty-active = Niemand da
empty-active-words = Mitglieder erscheinen hier.
empty-pending = Keine Einladung ist offen
empty-pending-words = Wen Sie einladen, erscheint hier bis zur Antwort.
empty-failed = Keine E-Mail ist fehlgeschlagen
empty-failed-words = Einladungen, deren E-Mail sich nicht zustellen ließ, erscheinen hier.
empty-expired = Keine Einladung ist abgelaufen
empty-expired-words = Einladungen, auf die niemand rechtzeitig antwortete, erscheinen hier.
empty-removed = Niemand wurde entfernt
empty-removed-words = Wessen Zugriff endete, erscheint hier, mit Zeit und Grund.
empty-search = Nichts gefunden zu „{ $query }“

listed-pending = Offen
listed-accepted = Angenommen
listed-declined = Abgelehnt
listed-revoked = Zurückgezogen
listed-expired = Abgelaufen
mail-queued = Wartet
mail-held = Zurückgehalten
mail-sent = Zugestellt
mail-failed = Fehlgeschlagen
mail-superseded = Überholt
bounce-no-mailbox = Das Postfach gibt es nicht.
bounce-no-domain = An diese Domain lässt sich keine E-Mail senden.
bounce-full = Das Postfach ist voll.
bounce-too-large = Die E-Mail ist zu groß für dieses Postfach.
bounce-not-wanted = Der Mailserver will diese E-Mail nicht.
revoked-withdrawn = Jemand hat sie zurückgenommen.
revoked-replaced = Sie war abgelaufen, und die Adresse wurde neu eingeladen.
revoked-not-backed = Wer sie gesendet hat, konnte diesen Zugriff nicht mehr geben.
revoked-invitee-removed = Die Person wurde entfernt, während sie offen war.
revoked-invitee-came = Die Person kam auf anderem Weg dazu, während sie offen war.

access-legend = Was sie dürfen
access-owner-hint = Alles, und bestimmt, wer Owner ist.
access-all-hint = Jede Berechtigung der Liste, aber nicht, was nur ein Owner kann.
access-role = Eine Rolle
label-role = Rolle
access-chosen = Berechtigungen auswählen
access-lacking = Diese können Sie nicht geben, weil Sie sie nicht haben
access-now = Zugriff jetzt
access-what = Was er erlaubt
select-group = Alle dieser Gruppe auswählen
chosen-count = Ausgewählte Berechtigungen: 0

invite-title = Neuen Benutzer einladen
invite-lead = Sie bekommen eine E-Mail mit einem Link. Sie gehören zu { $organization }, sobald sie annehmen.
invite-mail = Die E-Mail
invite-submit = Einladung senden
invite-several = Mehrere einladen, oder Nachricht und Frist festlegen
invite-go-on = Weiter
invite-more = Weitere einladen
label-emails = E-Mail-Adressen
hint-emails = Eine oder viele. Trennen Sie sie mit Kommas, Leerzeichen oder neuen Zeilen.
label-message = Nachricht (freiwillig)
hint-message = Sie steht in der E-Mail und auf der Seite der Einladung. Keine Links.
label-expires = Gültig für
label-language = Sprache der E-Mail
days = { $count ->
    [one] 1 Tag
   *[other] { $count } Tage
}
fault-emails-too-many = Laden Sie höchstens { $max } Personen auf einmal ein
check-title = { $count ->
    [0] Noch kann niemand eingeladen werden
    [one] Vor dem Senden 1 Einladung prüfen
   *[other] Vor dem Senden { $count } Einladungen prüfen
}
already-invited-on = Schon am { $day } von { $who } eingeladen.
check-again = Noch einmal prüfen
check-lead = Noch wurde nichts gesendet.
check-who = Wer
check-submit = { $count ->
    [one] 1 Einladung senden
   *[other] { $count } Einladungen senden
}
not-invited = { $count ->
    [one] 1 Adresse bleibt aus
   *[other] { $count } Adressen bleiben aus
}
results-title = { $count ->
    [one] 1 Einladung gesendet
   *[other] { $count } Einladungen gesendet
}
results-none-title = Keine Einladung gesendet
results-sent = Gesendet
to-pending = Offene Einladungen ansehen
notice-invited = Einladung an <strong>{ $email }</strong> gesendet. Sie gilt bis { $when }.
notice-invited-again = Einladung an <strong>{ $email }</strong> gesendet. Sie läuft am { $when } ab. Die Person gehörte bis { $day } dazu: mit der Annahme beginnt es neu, und ihr Verlauf bleibt.
notice-resent = Neue Einladung an <strong>{ $email }</strong> gesendet. Der frühere Link gilt nicht mehr. Der neue gilt bis { $when }.
notice-revoked = Die Einladung von <strong>{ $email }</strong> ist zurückgezogen.

invitation-page-title = Einladung von { $email }
resend-invitation = Einladung erneut senden
revoke-invitation = Einladung zurückziehen
not-backed-tag = Nicht gedeckt
not-backed-short = { $who } darf diesen Zugriff nicht mehr geben.
not-backed = <strong>{ $who }</strong> darf diesen Zugriff nicht mehr geben; die Einladung lässt sich nicht annehmen. Senden Sie sie erneut, um selbst dafür einzustehen, oder ziehen Sie sie zurück.
correct-title = Adresse oder Zugriff berichtigen
correct-words = Ein neuer Link wird für eine volle neue Frist gesendet. Der frühere gilt dann nicht mehr.
correct-submit = Berichtigen und erneut senden
correct-submit-address = Adresse berichtigen und erneut senden
revoke-title = Die Einladung von { $email } zurückziehen?
revoke-words = Der Link in der E-Mail gilt sofort nicht mehr und sagt, dass die Einladung zurückgezogen wurde.
hint-reason-log = Er steht im Protokoll.
hint-reason-remove = Die Person liest ihn in einer E-Mail, und er steht im Protokoll.

permissions-title = Berechtigungen von { $name }
permissions-when = Es gilt beim Nächsten, was { $name } tut. Eine E-Mail sagt es.
permissions-submit = Berechtigungen speichern
notice-access-gained = <strong>{ $who }</strong> darf jetzt: { $gained }.
notice-access-lost = <strong>{ $who }</strong> darf nicht mehr: { $lost }.
notice-access-both = <strong>{ $who }</strong> darf jetzt: { $gained }. Nicht mehr: { $lost }.
notice-access-same = Der Zugriff von <strong>{ $who }</strong> ist: { $access }.
stale-title = Jemand anderes hat die Berechtigungen von { $name } geändert
stale-words = <strong>{ $who }</strong> hat die Berechtigungen von <strong>{ $name }</strong> am { $when } geändert, während Sie die Seite offen hatten. Ihre sind noch nicht gespeichert.
stale-words-unknown = Während Sie die Seite offen hatten, hat jemand andere Berechtigungen für <strong>{ $name }</strong> gespeichert. Ihre sind noch nicht gespeichert.
stale-yours = Ihre
stale-theirs = Die anderen
keep-mine = Meine behalten
keep-theirs = Die anderen behalten
hand-over = Eigentümerschaft übergeben
hand-over-lead = Machen Sie diese Person an Ihrer Stelle zum Owner.
hand-over-to = An { $name } übergeben
hand-over-title = Eigentümerschaft von { $organization } an { $name } übergeben?
hand-over-words = Sie behalten alle Berechtigungen, sind aber kein Owner mehr. Nur <strong>{ $name }</strong> oder ein anderer Owner kann es rückgängig machen.
notice-handed-over = <strong>{ $who }</strong> ist jetzt Owner von { $organization }. Sie haben alle Berechtigungen und sind kein Owner mehr.
remove-title = { $name } aus { $organization } entfernen?
remove-words = Es gilt beim Nächsten, was <strong>{ $name }</strong> in { $organization } tut. { $count ->
    [0] Keine Einladung dieser Person ist offen.
    [one] Die offene Einladung dieser Person wird nicht mehr angenommen.
   *[other] Die { $count } offenen Einladungen dieser Person werden nicht mehr angenommen.
} Ihre Geschichte bleibt. Um zurückzukommen, muss sie neu eingeladen werden.
remove-done-title = { $name } ist schon entfernt
remove-done-words = <strong>{ $who }</strong> hat <strong>{ $name }</strong> am { $when } entfernt. Es ist nichts mehr zu tun.
remove-last-owner-title = { $name } ist der einzige Owner von { $organization }
notice-removed = <strong>{ $who }</strong> hat keinen Zugriff mehr auf { $organization }.
label-discoverable = Diese Organisation lässt sich nach ihrem Namen finden
hint-discoverable = Wer sich registriert, kann dann um Beitritt bitten.
notice-saved = Gespeichert.

column-when = Wann
column-who = Wer
column-what = Was
column-whom = Worüber
column-change = Vorher und nachher
column-from-where = Von wo
audit-holder = Wer den Link hat
audit-everything = Alles
audit-since = Von
audit-until = Bis
audit-before = vorher:
column-before = Vorher
column-after = Nachher
audit-empty = Nichts gefunden
audit-empty-words = Was Mitglieder entscheiden, erscheint hier.
action-platform-founded = Plattform eingerichtet
action-organization-founded = Organisation gegründet
action-organization-changed = Organisation geändert
action-session-started = Angemeldet
action-session-ended = Abgemeldet
action-invitation-sent = Eingeladen
action-invitation-resent = Einladung erneut gesendet
action-invitation-amended = Einladung berichtigt
action-invitation-revoked = Einladung zurückgezogen
action-invitation-accepted = Einladung angenommen
action-invitation-declined = Einladung abgelehnt
action-invitation-new_one_wished = Um neue Einladung gebeten
action-membership-access_changed = Zugriff geändert
action-membership-removed = Zugriff entzogen
action-membership-left = Verlassen
action-ownership-handed_over = Eigentümerschaft übergeben
action-join_request-sent = Beitritt angefragt
action-join_request-reminded = An Anfrage erinnert
action-join_request-withdrawn = Anfrage zurückgezogen
action-join_request-approved = Anfrage zugelassen
action-join_request-rejected = Anfrage abgelehnt
action-join_request-settled = Anfrage anders erledigt
action-join_request-expiring = Anfrage läuft bald ab
action-join_request-expired = Anfrage abgelaufen
action-employee_code-made = Mitarbeitercode erstellt
action-employee_code-revoked = Mitarbeitercode widerrufen
action-employee_code-used = Mit Mitarbeitercode beigetreten
action-employee_code-refused = Mitarbeitercode abgewiesen
action-employee_code-wrong = Falscher Mitarbeitercode

mailbox-title = Entwicklungspostfach
mailbox-bar = Entwicklungspostfach. Nichts hier wurde zugestellt.
mailbox-list = E-Mails
mailbox-search = Suchen
mailbox-empty = Noch keine E-Mail
mailbox-empty-words = E-Mails von { $product } erscheinen hier.
mailbox-samples = Ein Muster jeder Vorlage senden
mailbox-clear = Alle löschen
mailbox-bounce = Unzustellbarkeit nachstellen
mailbox-bounce-hint = Von der nächsten an wird Post dorthin abgewiesen, als gäbe es das Postfach nicht.
mailbox-bounces = Unzustellbar
mailbox-deliver = Wieder zustellen
mailbox-code = Code { $code }
mailbox-link = Link
mailbox-open-link = Link öffnen
mailbox-copy-link = Link kopieren
mailbox-copy-code = Code kopieren
copied = Kopiert
mailbox-views = Teile der E-Mail
mailbox-view-html = HTML
mailbox-view-text = Text
mailbox-view-headers = Kopfzeilen
mailbox-view-raw = Roh
mailbox-widths = Breite
mailbox-width-320 = 320 px
mailbox-width-600 = 600 px
mailbox-width-full = Ganze Breite
mailbox-schemes = Farben
mailbox-checks = Prüfungen
check-text = Hat dasselbe als Text
check-links = Dieselben Links in beiden Teilen
check-size = Kleiner als 102 KB
check-headers = Hat alle Kopfzeilen
check-contrast = Farben heben sich genug ab
check-passes = Bestanden
check-fails = Fehlt
mailbox-download = Nachricht herunterladen (EML, { $kilobytes } KB)
notice-mail-cleared = Das Postfach ist leer.
notice-mail-bounces = Post an <strong>{ $email }</strong> ist von jetzt an unzustellbar. Senden Sie eine Einladung, um zu sehen, wie sie scheitert.
notice-mail-delivers = Post an <strong>{ $email }</strong> kommt wieder an.
notice-mail-samples = Ein Muster jeder Vorlage liegt im Postfach.
