### Für die, die die Plattform betreiben.

platform-mail-title = E-Mail
platform-mail-how = E-Mail ist noch nicht eingerichtet. Nennen Sie einen Mailserver mit <code>--mail-url smtp://user:password@host:587</code> oder in der Datei von <code>--config</code>, und starten Sie den Server neu.
platform-mail-route = Post geht
platform-mail-server = an <strong>{ $host }</strong>, Port { $port }, durch TLS geschützt
platform-mail-plain = an <strong>{ $host }</strong>, Port { $port }, ohne TLS
platform-mail-files = in Dateien auf dem Server; niemand bekommt sie
platform-mail-mailbox = in das Entwicklungspostfach; niemand bekommt sie
platform-mail-sender = Von
platform-mail-lead = Ein Muster geht sofort an <strong>{ $email }</strong>. Der Link darin führt nirgendwohin.
platform-mail-send = Test-E-Mail senden
platform-mail-taken = Die E-Mail an <strong>{ $email }</strong> wurde angenommen. Die Antwort:
platform-mail-refused = Die E-Mail an <strong>{ $email }</strong> wurde nicht angenommen. Die Antwort:
