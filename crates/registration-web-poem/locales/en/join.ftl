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
join-invited = <strong>{ $organization }</strong> has invited you.
join-ask-contact = Ask <strong>{ $contact }</strong>.
start-join-words = Find it by its name.

proposal-title = Access for people who join
proposal-lead = Whoever approves a request to join finds this chosen, and can choose another access.
proposal-hint = Chosen beforehand: { $access }
proposal-nothing = Nothing
proposal-nothing-hint = Whoever approves chooses.

join-see-invitation = See invitation
join-asked = You asked to join <strong>{ $organization }</strong> on { $day }.
join-see-request = See request
join-too-soon = <strong>{ $organization }</strong> rejected your request on { $at }. You can ask again from { $again }.
join-how = How do you want to join?
join-code = Employee code
join-code-hint = A secret code that your organization hands out.
join-code-example = For example 7Q4K-M2XP-9DTA. Capitals, spaces and dashes do not matter.
join-approval = Admin approval
join-approval-hint = Somebody at { $organization } decides.
join-vouched = They see that your address is at { $domain }, which { $organization } has verified.
join-note = Note (optional)
join-note-hint = Say who you are, and who knows you there.
characters-left = 0 characters left
characters-over = 0 characters too many
join-send = Send request
join-unnamed-title = Join with an employee code
join-unnamed-words = This address leads to no organization that can be found by search. If yours gave you an employee code, enter it here.
fault-method-required = Choose how you want to join
fault-code-required = Enter the employee code
fault-code-refused = That code does not work for { $organization }. Check it, ask your organization for another, or choose Admin approval.
fault-code-refused-unnamed = That code does not work here. Check it, or ask your organization for another.
fault-code-spent = Too many tries. You can try again at { $until }, or choose Admin approval now.
fault-code-spent-unnamed = Too many tries. You can try again at { $until }.
fault-note-too_long = The note is longer than 300 characters
notice-asked = Your request is sent to <strong>{ $organization }</strong>.
notice-code-accepted = Your employee code was accepted.
notice-reminded = We have reminded <strong>{ $organization }</strong>.
refusal-too_many_join_requests = You have sent many requests today. You can send another at { $until }.

request-title = Your request to join { $organization }
request-pending = Waiting
request-approved = Approved
request-rejected = Rejected
request-withdrawn = Withdrawn
request-settled = Joined another way
request-expired = Expired
request-waits-approval = You asked to join <strong>{ $organization }</strong> on { $day } by admin approval.
request-waits-code = You asked to join <strong>{ $organization }</strong> on { $day } with an employee code.
request-waits-domain = You asked to join <strong>{ $organization }</strong> on { $day } by your address at <strong>{ $domain }</strong>.
request-waits-words = Somebody there has to decide. We will email <strong>{ $email }</strong>. Without a decision the request expires on { $day }.
request-your-note = Your note
request-remind = Send a reminder
request-remind-again = You can remind them again from { $when }.
request-withdraw = Withdraw request
request-approved-words = <strong>{ $organization }</strong> approved your request. You can use it now: { $access }.
request-rejected-words = <strong>{ $organization }</strong> rejected your request.
request-reason = Reason: { $reason }
request-questions = Questions? Ask <strong>{ $contact }</strong>.
request-ask-from = You can ask again from { $when }.
request-ask-again = Ask again
request-withdrawn-words = You withdrew this request on { $day }.
request-expired-words = { $days ->
    [one] Nobody decided within a day.
   *[other] Nobody decided within { $days } days.
}
request-settled-invitation = You joined <strong>{ $organization }</strong> by invitation on { $day }, so this request is closed.
request-settled-code = You joined <strong>{ $organization }</strong> with an employee code on { $day }, so this request is closed.
request-settled-domain = You joined <strong>{ $organization }</strong> with your email address on { $day }, so this request is closed.
withdraw-title = Withdraw your request to join { $organization }?
withdraw-words = Nobody at <strong>{ $organization }</strong> has to decide it any more. You can ask again.
own-requests = Your requests

nav-requests = Requests
nav-requests-waiting = waiting
overview-requests = Waiting for approval
requests-title = Requests
tab-requests-waiting = Waiting
tab-requests-approved = Approved
tab-requests-rejected = Rejected
tab-requests-all = All
requests-none = No requests
requests-none-words = People find <strong>{ $organization }</strong> by its name, or bring an employee code.
requests-select = Select { $name }
requests-decide = Approve or reject
requests-open = Open
requests-access = Access: { $access }
requests-approve = Approve selected
requests-approve-count = Approve selected (0)
fault-requests-required = Select at least one request
notice-requests-approved = Approved: { $count }.
method-approval = Admin approval
method-code = Employee code
method-code-labelled = Employee code: { $label }
method-domain = Email domain { $domain }, verified
card-age = { $days ->
    [0] today
    [one] 1 day old
   *[other] { $days } days old
}
card-expires = Expires on { $when }
card-namesake = Somebody else here has the same name: <strong>{ $name }</strong>, { $email }. Make sure who asks.
card-left = Left on { $day }
card-removed = Removed on { $day } by { $who }
card-asked-before = Asked on { $day }: { $state }
outcome-approved = { $by } approved { $name } on { $when }.
outcome-rejected = { $by } rejected { $name } on { $when }.
outcome-withdrawn = { $name } withdrew the request on { $when }.
outcome-settled = { $name } joined another way on { $when }.
outcome-expired = Nobody decided. The request expired on { $when }.
review-title = { $name } asks to join { $organization }
review-access = Choose the access
review-approve = Approve { $name }
review-reject-open = Reject this request
review-reason-hint = They will see this reason.
review-reject = Reject { $name }
reason-unknown = We do not know you. Write to us from an address of ours, or ask the person who knows you.
reason-wrong-place = You may be looking for another organization of this name.
reason-invited = We let people in by invitation. Ask the person you work with to invite you.
notice-request-approved = <strong>{ $who }</strong> is let in.
notice-request-rejected = The request of <strong>{ $who }</strong> is rejected.
decided-title = What became of the requests
results-approved = { $count ->
    [one] 1 approved
   *[other] { $count } approved
}
results-others = Not approved
results-back = Back to the requests
result-approved = { $by } approved it on { $when }.
result-rejected = { $by } rejected it on { $when }.
result-withdrawn = It was withdrawn on { $when }.
result-settled = This person joined another way on { $when }.
result-expired = It expired on { $when }.
refusal-already_decided = This request was decided already.
refusal-requester_gone = The account of this person cannot be used any more.

codes-title = Employee codes
codes-lead = A code that you hand to your people backs their request, or lets them in at once.
codes-none = No employee codes
codes-none-words = Make one, and hand it to the people who are to join.
codes-caption = Employee codes of { $organization }
codes-wrong = { $count ->
    [one] In the last 30 days a code was typed here that is none of yours.
   *[other] In the last 30 days codes were typed here that are none of yours, { $count } times.
}
code-unlabelled = No label
code-made-by = { $name }, { $day }
code-uses = { $used ->
    [0] Not used yet
    [one] Used once
   *[other] Used { $used } times
}
code-uses-of = { $used } of { $most }
code-never = Never
code-reviews = Review needed
code-reviews-with = Review needed; proposes { $access }
code-admits = Lets in at once: { $access }
code-state-active = Active
code-state-used_up = Used up
code-state-expired = Expired
code-state-revoked = Revoked
code-refused-revoked = Refused as revoked: { $count }
code-refused-expired = Refused as expired: { $count }
code-refused-used-up = Refused as used up: { $count }
code-refused-elsewhere = Tried at another organization: { $count }
label-code-label = Label
hint-code-label = Optional. Only your organization sees it, such as: Warehouse, May.
label-code-count = How many codes
hint-code-count = 1 to { $most }. Each is different.
label-code-uses = Uses of each code
hint-code-uses = How many people may use one. Leave it empty for any number.
label-code-expires = Works for
code-days = { $days ->
    [one] 1 day
   *[other] { $days } days
}
column-code-state = State
column-code-uses = Uses
column-code-expires = Expires
column-code-opens = What it opens
column-code-where = Where to use it
fault-code-label-too_long = The label is longer than 100 characters
fault-count = Enter a number from 1 to { $most }
fault-uses = Enter a whole number, or nothing
code-entry-review = Somebody reviews the request
code-entry-review-hint = The code shows that the person belongs to you. One of your reviewers decides.
code-entry-admit = The code lets in at once
code-entry-admit-hint = As long as you could still give this access. Otherwise the request is reviewed.
code-make-title = Make a code
code-make-lead = You see each code once, after you make it.
code-make = Make code
code-made-title = Your employee code
codes-made-title = Your { $count } employee codes
code-once-words = Copy it now. Nobody can show it again.
code-copy = Copy code
code-copied = Copied
code-csv = Download as CSV
code-done = Done
code-revoke-title = Revoke the code “{ $label }”?
code-revoke-words = The code stops working at once. Requests that it backed stay.
code-revoke = Revoke code
notice-code-revoked = The code “{ $who }” works no more.
