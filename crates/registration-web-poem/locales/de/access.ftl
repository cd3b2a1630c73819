action-sessions-ended = Alle anderen Sitzungen beendet
action-password-changed = Passwort geändert
action-password-reset_sent = Link zum Zurücksetzen gesendet
action-password-reset = Passwort über einen Link gesetzt
action-account-unlocked = Anmeldung wieder freigegeben
