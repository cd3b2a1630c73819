### For those who run the platform.

platform-mail-title = Email
platform-mail-how = Email is not set up yet. Name a mail server with <code>--mail-url smtp://user:password@host:587</code>, or in the file of <code>--config</code>, and start the server again.
platform-mail-route = Mail goes
platform-mail-server = to <strong>{ $host }</strong>, port { $port }, protected by TLS
platform-mail-plain = to <strong>{ $host }</strong>, port { $port }, without TLS
platform-mail-files = into files on the server; nobody gets it
platform-mail-mailbox = into the development mailbox; nobody gets it
platform-mail-sender = From
platform-mail-lead = A sample goes to <strong>{ $email }</strong>, at once. The link in it leads nowhere.
platform-mail-send = Send a test email
platform-mail-taken = The mail to <strong>{ $email }</strong> was taken. The answer:
platform-mail-refused = The mail to <strong>{ $email }</strong> was not taken. The answer:
