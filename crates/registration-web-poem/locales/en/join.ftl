## Joining an organization, and letting people join.

label-contact = Contact for questions
hint-contact = People whom you do not let in see it, such as: Bo Lindqvist, hr@acme.example. Without it they see the contact of the platform.
fault-contact-too_long = The contact is longer than 200 characters
fault-contact-malformed = Enter a name, an email address or a telephone number on one line, and no web address
