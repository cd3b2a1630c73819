### Das eigene Konto: Angaben, Adresse, Mitteilungen, die eigenen Daten und sein Ende.

action-account-changed = Angaben geändert
action-account-address_changed = Adresse geändert
action-account-closed = Konto geschlossen
