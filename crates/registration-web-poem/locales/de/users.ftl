### Benutzerverwaltung.
