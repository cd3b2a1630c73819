### Sich selbst registrieren: das Formular und der Code, der per E-Mail kam.

sign-up-title-start = Registrieren
sign-up-title-join = Registrieren, um einer Organisation beizutreten
sign-up-title-create = Registrieren, um eine Organisation anzulegen
sign-up-organizations = Für Organisationen
sign-up-email-hint = Wir senden einen 6-stelligen Code, um zu prüfen, dass sie Ihnen gehört.
sign-up-submit = Weiter
sign-up-again = Neu beginnen
sign-up-closed-title = Hier registriert man sich auf Einladung
sign-up-closed = Bitten Sie jemanden aus Ihrer Organisation um eine Einladung.
sign-in-no-account = Noch kein Konto?
fault-username-taken-free = Dieser Benutzername ist vergeben. Frei: { $free }

fault-own-email-required = Geben Sie Ihre E-Mail-Adresse ein

verify-title = Sehen Sie in Ihre E-Mails
verify-sent = { $minutes ->
    [one] Wir haben einen 6-stelligen Code an <strong>{ $email }</strong> gesendet. Er gilt eine Minute.
   *[other] Wir haben einen 6-stelligen Code an <strong>{ $email }</strong> gesendet. Er gilt { $minutes } Minuten.
}
verify-meant = Wir haben ihn an <strong>{ $email }</strong> gesendet. Meinten Sie <strong>{ $meant }</strong>?
verify-change = Ändern
label-code = 6-stelliger Code
hint-code = Sie können den ganzen Code einfügen. Leerzeichen und Striche stören nicht.
verify-submit = E-Mail bestätigen
verify-no-mail = Nach 2 Minuten noch keine E-Mail? Sehen Sie im Spam nach; senden Sie dann einen neuen Code oder nehmen Sie eine andere Adresse.
verify-wait = Einen neuen Code können Sie um { $when } anfordern.
verify-look-again = Nochmals nachsehen
verify-resend = Neuen Code senden
verify-another = Andere E-Mail-Adresse nehmen
notice-code-sent = Neuer Code um { $when } gesendet. Nur der neueste Code gilt.
notice-email-confirmed = E-Mail-Adresse bestätigt. Melden Sie sich an, um fortzufahren.
fault-six-digits-required = Geben Sie den 6-stelligen Code ein
fault-six-digits-digits = { $digits ->
    [one] Sie haben eine Ziffer eingegeben. Der Code hat 6.
   *[other] Sie haben { $digits } Ziffern eingegeben. Der Code hat 6.
}
fault-six-digits-letters = Der Code hat 6 Ziffern und keine Buchstaben.
fault-six-digits-several = Darin steht mehr als eine 6-stellige Zahl. Geben Sie nur den Code ein.
fault-six-digits-wrong = { $left ->
    [one] Dieser Code stimmt nicht. Sie haben noch einen Versuch.
   *[other] Dieser Code stimmt nicht. Sie haben noch { $left } Versuche.
}
fault-six-digits-last = Das war der letzte Versuch für diesen Code. Fordern Sie einen neuen an.
fault-six-digits-day = Zu viele Versuche. Sie können es ab { $until } noch einmal versuchen.
fault-six-digits-expired = Dieser Code ist um { $when } abgelaufen. Senden Sie einen neuen Code.
fault-username-meanwhile = Jemand hat den Benutzernamen { $username } genommen, während Sie Ihre E-Mails gelesen haben. Wählen Sie einen anderen.

sign-up-elsewhere-title = Diese Registrierung wurde in einem anderen Browser begonnen
sign-up-elsewhere-words = Geben Sie den Code dort ein, oder beginnen Sie hier neu.
sign-up-expired-title = Diese Registrierung ist abgelaufen
sign-up-expired-words = Eine Registrierung gilt eine Stunde. Nichts wurde für Sie freigehalten.
sign-up-verified-title = Diese E-Mail-Adresse ist bestätigt
sign-up-verified-words = Ihr Konto ist bereit. Melden Sie sich an, um fortzufahren.

start-individual = Sie nutzen { $product } als Einzelperson. Sie können außerdem:
start-join = Einer bestehenden Organisation beitreten
start-waiting = <strong>{ $organization }</strong> hat Sie eingeladen.
start-waiting-title = Einladungen und Anfragen
start-see-invitation = Einladung ansehen
