action-sessions-ended = Alle anderen Sitzungen beendet
action-password-changed = Passwort geändert
action-password-reset_sent = Link zum Zurücksetzen gesendet
action-password-reset = Passwort über einen Link gesetzt
action-account-unlocked = Anmeldung wieder freigegeben

sign-in-forgot = Passwort vergessen?
sign-in-locked = Zu viele Versuche. Sie können es ab { $until } wieder versuchen.

reset-title = Passwort zurücksetzen
reset-hint = Wir senden einen Link dorthin. Er gilt einmal.
reset-button = Link senden
reset-asked-title = Sehen Sie in Ihr Postfach
reset-asked-words = Wenn es ein Konto mit dieser Adresse gibt, haben wir einen Link dorthin gesendet. Er gilt einmal, bis { $until }.
reset-asked-nothing = Nach einigen Minuten keine E-Mail? Sehen Sie im Spam-Ordner nach, oder fordern Sie noch einen Link an.
reset-again = Noch einmal anfordern
reset-password-title = Neues Passwort setzen
reset-password-of = Für das Konto von { $email }.
reset-password-ends = Sie werden überall abgemeldet und melden sich mit dem neuen Passwort an.
reset-password-button = Neues Passwort setzen
notice-password-set = Passwort gesetzt. Melden Sie sich damit an.
state-reset_link_expired = Dieser Link ist abgelaufen
state-reset_link_expired-words = Er galt eine Stunde. Ihr Passwort ist, wie es war.
state-reset_link_used = Dieser Link wurde benutzt
state-reset_link_used-words = Damit wurde ein Passwort gesetzt. Jeder Link gilt einmal.
state-reset_link_superseded = Es wurde ein neuerer Link gesendet
state-reset_link_superseded-words = Benutzen Sie diesen.
state-reset_link_void = Dieser Link gilt nicht mehr
state-reset_link_void-words = Passwort oder Adresse wurden geändert, nachdem er gesendet wurde.
state-reset_link_unknown = Diesen Link finden wir nicht
state-reset_link_unknown-words = Öffnen Sie den Link der E-Mail noch einmal, und zwar ganz.
reset-new-link = Neuen Link senden

change-password-title = Passwort ändern
change-password-current = Aktuelles Passwort
change-password-new = Neues Passwort
change-password-hint = Ihre anderen Sitzungen werden abgemeldet.
change-password-button = Passwort ändern
change-password-wrong = Das aktuelle Passwort ist nicht richtig. { $left ->
    [0] Vor dem nächsten Versuch müssen Sie warten.
    [one] Noch 1 Versuch.
   *[other] Noch { $left } Versuche.
}
fault-current_password-required = Geben Sie Ihr aktuelles Passwort ein
fault-password-password_unchanged = Das neue Passwort ist dasselbe wie das aktuelle.
notice-password-changed = Passwort geändert.
notice-password-changed-one = Passwort geändert. 1 andere Sitzung wurde abgemeldet.
notice-password-changed-others = Passwort geändert. { $count } andere Sitzungen wurden abgemeldet.

sign-ins-title = Anmeldungen
sign-ins-unknown = Etwas, das Sie nicht kennen?
sign-ins-change-password = Passwort ändern
sign-ins-where = Wo Sie angemeldet sind
sign-ins-device = Gerät
sign-ins-first = Zuerst gesehen
sign-ins-last = Zuletzt aktiv
sign-ins-address = Adresse
sign-ins-this = Dieses Gerät
sign-ins-end = Abmelden
sign-ins-end-of = { $device } abmelden
sign-ins-end-others = Überall sonst abmelden
sign-ins-history = Verlauf der Anmeldungen
sign-ins-history-hint = Wird 90 Tage aufbewahrt.
sign-ins-time = Zeit
sign-ins-result = Ergebnis
sign-ins-method = Art
sign-ins-browser = Browser
sign-ins-all = Alle Ergebnisse
sign-ins-download = Als CSV herunterladen
sign-ins-only-this = Bisher nur diese Anmeldung.
sign-ins-none = Keine Anmeldung mit diesem Ergebnis.
sign-ins-unknown-device = Unbekanntes Gerät
sign-ins-device-on = { $browser } unter { $system }
sign-in-outcome-success = Angemeldet
sign-in-outcome-wrong_password = Falsches Passwort
sign-in-outcome-locked = Gesperrt
sign-in-outcome-suspended = Stillgelegt
sign-in-method-password = Passwort
sign-in-method-invitation = Einladung
sign-in-method-setup = Einrichtungslink
notice-session-ended = Dort abgemeldet.
notice-sessions-ended = Überall sonst abgemeldet.
notice-sessions-ended-none = Sie sind sonst nirgends angemeldet.
refusal-current_password_incorrect = Das aktuelle Passwort ist nicht richtig.
