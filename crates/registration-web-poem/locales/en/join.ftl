## Joining an organization, and letting people join.

label-contact = Contact for questions
hint-contact = People whom you do not let in see it, such as: Bo Lindqvist, hr@acme.example. Without it they see the contact of the platform.
fault-contact-too_long = The contact is longer than 200 characters
fault-contact-malformed = Enter a name, an email address or a telephone number on one line, and no web address

join-title = Join an organization
join-lead = Find your organization, then choose how to join it.
join-search = Search for your organization
join-search-hint = Choose from the list, or type a part of the name.
join-organizations = Organizations
join-found = { $count ->
    [one] 1 organization found
   *[other] { $count } organizations found
}
join-found-part = { $count ->
    [one] 1 organization of several
   *[other] { $count } organizations of many. Type more of the name to see fewer.
}
join-found-none = No organization found
join-none = No organization with that name can be found here. Check the spelling. Some organizations cannot be found by search: ask yours for an invitation.
fault-choose-organization = Choose your organization
continue = Continue

join-organization-title = Join { $organization }
join-not-this-one = Not the right one?
join-search-again = Search again
join-already-member = You are already a member of <strong>{ $organization }</strong>.
join-go = Go to { $organization }
join-invited = <strong>{ $organization }</strong> invited you on { $day }. Open the link in the email that we sent to { $email }.
join-ask-contact = Ask <strong>{ $contact }</strong>.
join-by-invitation = By invitation
join-by-invitation-words = Ask somebody at <strong>{ $organization }</strong> to invite <strong>{ $email }</strong>. The link in that email lets you in.
start-join-words = Find it by its name.

proposal-title = Access for people who join
proposal-lead = Whoever approves a request to join finds this chosen, and can choose another access.
proposal-hint = Chosen beforehand: { $access }
proposal-nothing = Nothing
proposal-nothing-hint = Whoever approves chooses.
