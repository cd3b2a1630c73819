//! The mailer port: SMTP, files and the development mailbox.
