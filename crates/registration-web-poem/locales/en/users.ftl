### An organization and its people; the development mailbox.

overview-access = Your access: <strong>{ $access }</strong>
overview-active = Members
overview-pending = Invitations pending
overview-failed = Mail that failed
overview-expired = Invitations expired
overview-events = What happened last
overview-all-events = See the whole audit log
tasks-title = Get started
task-invite = Invite the first person
task-second-owner = Make a second Owner
task-mail = Set up email
task-done = Done
task-open = Not started

tabs-users = Lists of users
tab-active = Active
tab-pending = Pending
tab-failed = Failed
tab-expired = Expired
tab-removed = Removed
search = Search
search-members = Search by name or email
search-invitations = Search by email
search-clear = Show all
filter = Filter
filter-clear = Clear the filter
list-of-members = Users of { $organization }
list-of-removed = Former users of { $organization }
list-of-invitations = Invitations of { $organization }
column-name = Name
column-last_sign_in = Last sign-in
column-access = Access
column-joined = Since
column-actions = Actions
column-mail = Mail
column-state = State
column-sent-by = Sent by
column-status = Status
column-removed = Removed
column-removed-by = Removed by
column-why = Why
column-access-then = Access then
column-expired = Expired
never = Never
you = (you)
own-access = You cannot change your own access
no-actions = None
status-removed = Removed
status-active = Active
removed-by = by { $who }
removed-left = left by themselves
no-reason = No reason given
history = History
download-csv = Download (CSV)
for-whom = for { $email }
one-owner = <strong>{ $organization }</strong> has one Owner. Add a second one so that nobody is locked out.
one-owner-step = Make someone an Owner
came-founding = founded { $organization }
came-invited = invited by { $who }
came-invitation = by invitation
came-approved = asked to join, approved by { $who }
came-request = asked to join
came-code-of = by an employee code of { $who }
came-code = by an employee code
manage-permissions = Manage permissions
remove-access = Remove access
resend = Resend
revoke = Revoke
change = Change
keep = Keep
save = Save
invite-again = Invite again
open-member = Show
empty-active = Nobody here
empty-active-words = Members appear here.
empty-pending = No invitations are waiting
empty-pending-words = People you invite appear here until they answer.
empty-failed = No mail has failed
empty-failed-words = Invitations whose mail could not be delivered appear here.
empty-expired = No invitation has expired
empty-expired-words = Invitations that nobody answered in time appear here.
empty-removed = Nobody was removed
empty-removed-words = People whose access has ended appear here, with when and why.
empty-search = Nothing found for “{ $query }”

listed-pending = Pending
listed-accepted = Accepted
listed-declined = Declined
listed-revoked = Revoked
listed-expired = Expired
mail-queued = Waiting
mail-held = Held
mail-sent = Delivered
mail-failed = Failed
mail-superseded = Overtaken
bounce-no-mailbox = The mailbox does not exist.
bounce-no-domain = No mail can be sent to this domain.
bounce-full = The mailbox is full.
bounce-too-large = The mail is too large for this mailbox.
bounce-not-wanted = The mail server does not want this mail.
revoked-withdrawn = Somebody took it back.
revoked-replaced = It had expired, and the address was invited anew.
revoked-not-backed = Whoever sent it could no longer give this access.
revoked-invitee-removed = The person was removed while it was open.
revoked-invitee-came = The person joined in another way while it was open.

access-legend = What they can do
access-owner-hint = Everything, and makes or unmakes Owners.
access-all-hint = Every permission in the list, but not what only an Owner can do.
access-role = A role
label-role = Role
access-chosen = Choose permissions
access-lacking = You cannot give these, because you do not have them
access-now = Access now
access-what = What it allows
select-group = Select all in this group
chosen-count = Permissions chosen: 0

invite-title = Invite new user
invite-lead = They get an email with a link. They join { $organization } when they accept.
invite-mail = The email
invite-submit = Send invite
invite-several = Invite several people, or set a message and expiry
invite-go-on = Continue
invite-more = Invite more people
label-emails = Email addresses
hint-emails = One or many. Separate them with commas, spaces or new lines.
label-message = Message (optional)
hint-message = It stands in the email and on the invitation's page. No links.
label-expires = Valid for
label-language = Language of the email
days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
fault-emails-too-many = Invite at most { $max } people at once
check-title = { $count ->
    [0] Nobody can be invited yet
    [one] Check before sending 1 invitation
   *[other] Check before sending { $count } invitations
}
already-invited-on = Already invited on { $day } by { $who }.
check-again = Check again
check-lead = Nothing has been sent yet.
check-who = Who
check-submit = { $count ->
    [one] Send 1 invitation
   *[other] Send { $count } invitations
}
not-invited = { $count ->
    [one] 1 address is left out
   *[other] { $count } addresses are left out
}
results-title = { $count ->
    [one] 1 invitation sent
   *[other] { $count } invitations sent
}
results-none-title = No invitation sent
results-sent = Sent
to-pending = See pending invitations
notice-invited = Invitation sent to <strong>{ $email }</strong>. It expires on { $when }.
notice-invited-again = Invitation sent to <strong>{ $email }</strong>. It expires on { $when }. They belonged here until { $day }: accepting it begins anew, and their history stays.
notice-resent = New invitation sent to <strong>{ $email }</strong>. The earlier link no longer works. The new one expires on { $when }.
notice-revoked = The invitation of <strong>{ $email }</strong> is revoked.

invitation-page-title = Invitation of { $email }
resend-invitation = Resend invitation
revoke-invitation = Revoke invitation
not-backed-tag = Not backed
not-backed-short = { $who } may no longer give this access.
not-backed = <strong>{ $who }</strong> may no longer give this access, so the invitation cannot be accepted. Resend it to stand behind it yourself, or revoke it.
correct-title = Correct the address or the access
correct-words = A new link is sent for a full new term. The earlier one stops working.
correct-submit = Correct and resend
correct-submit-address = Correct the address and resend
revoke-title = Revoke the invitation of { $email }?
revoke-words = The link in the email stops working at once, and says that the invitation was withdrawn.
hint-reason-log = It stands in the audit log.
hint-reason-remove = The person reads it in an email, and it stands in the audit log.

permissions-title = Permissions of { $name }
permissions-when = It takes effect at the next thing { $name } does. They get an email about it.
permissions-submit = Save permissions
notice-access-gained = <strong>{ $who }</strong> can now: { $gained }.
notice-access-lost = <strong>{ $who }</strong> can no longer: { $lost }.
notice-access-both = <strong>{ $who }</strong> can now: { $gained }. Can no longer: { $lost }.
notice-access-same = The access of <strong>{ $who }</strong> is: { $access }.
stale-title = Somebody else changed the permissions of { $name }
stale-words = <strong>{ $who }</strong> changed the permissions of <strong>{ $name }</strong> on { $when }, while you had the page open. Yours are not saved yet.
stale-words-unknown = While you had the page open, somebody saved other permissions for <strong>{ $name }</strong>. Yours are not saved yet.
stale-yours = Yours
stale-theirs = Theirs
keep-mine = Keep mine
keep-theirs = Keep theirs
hand-over = Hand over ownership
hand-over-lead = Make this person an Owner in your place.
hand-over-to = Hand over to { $name }
hand-over-title = Hand over ownership of { $organization } to { $name }?
hand-over-words = You keep all permissions, but are no longer an Owner. Only <strong>{ $name }</strong> or another Owner can give it back.
notice-handed-over = <strong>{ $who }</strong> is now an Owner of { $organization }. You have all permissions, and are no longer an Owner.
remove-title = Remove { $name } from { $organization }?
remove-words = It takes effect at the next thing <strong>{ $name }</strong> does in { $organization }. { $count ->
    [0] They sent no invitation that is pending.
    [one] The pending invitation that they sent is not accepted any more.
   *[other] The { $count } pending invitations that they sent are not accepted any more.
} Their history stays. To come back they have to be invited anew.
remove-done-title = { $name } is removed already
remove-done-words = <strong>{ $who }</strong> removed <strong>{ $name }</strong> on { $when }. Nothing more to do.
remove-last-owner-title = { $name } is the only Owner of { $organization }
notice-removed = <strong>{ $who }</strong> no longer has access to { $organization }.
label-discoverable = Let people find this organization by its name
hint-discoverable = Whoever signs up can then ask to join.
notice-saved = Saved.

column-when = When
column-who = Who
column-what = What
column-whom = About
column-change = Before and after
column-from-where = From where
audit-holder = Holder of a link
audit-everything = Everything
audit-since = From
audit-until = To
audit-before = before:
column-before = Before
column-after = After
audit-empty = Nothing found
audit-empty-words = What members decide appears here.
action-platform-founded = Platform set up
action-organization-founded = Organization founded
action-organization-changed = Organization changed
action-session-started = Signed in
action-session-ended = Signed out
action-invitation-sent = Invited
action-invitation-resent = Invitation resent
action-invitation-amended = Invitation corrected
action-invitation-revoked = Invitation revoked
action-invitation-accepted = Invitation accepted
action-invitation-declined = Invitation declined
action-invitation-new_one_wished = New invitation asked for
action-membership-access_changed = Access changed
action-membership-removed = Access removed
action-membership-left = Left
action-ownership-handed_over = Ownership handed over
action-join_request-sent = Asked to join
action-join_request-reminded = Reminder of a request
action-join_request-withdrawn = Request withdrawn
action-join_request-approved = Request approved
action-join_request-rejected = Request rejected
action-join_request-settled = Request settled another way
action-join_request-expiring = Request expires soon
action-join_request-expired = Request expired
action-employee_code-made = Employee code made
action-employee_code-revoked = Employee code revoked
action-employee_code-used = Joined by employee code
action-employee_code-refused = Employee code refused
action-employee_code-wrong = Wrong employee code

mailbox-title = Development mailbox
mailbox-bar = Development mailbox. Nothing here was delivered.
mailbox-list = Mails
mailbox-search = Search
mailbox-empty = No mail yet
mailbox-empty-words = Mail that { $product } sends appears here.
mailbox-samples = Send a sample of each template
mailbox-clear = Clear all
mailbox-bounce = Simulate bounce
mailbox-bounce-hint = From the next one on, mail to it is refused as where there is no such mailbox.
mailbox-bounces = Bounces
mailbox-deliver = Deliver again
mailbox-code = Code { $code }
mailbox-link = Link
mailbox-open-link = Open the link
mailbox-copy-link = Copy the link
mailbox-copy-code = Copy the code
copied = Copied
mailbox-views = Parts of the mail
mailbox-view-html = HTML
mailbox-view-text = Text
mailbox-view-headers = Headers
mailbox-view-raw = Raw
mailbox-widths = Width
mailbox-width-320 = 320 px
mailbox-width-600 = 600 px
mailbox-width-full = Full width
mailbox-schemes = Look
mailbox-checks = Checks
check-text = Has the same as text
check-links = The same links in both parts
check-size = Smaller than 102 KB
check-headers = Has all its headers
check-contrast = Colours stand out enough
check-passes = Passes
check-fails = Fails
mailbox-download = Download the message (EML, { $kilobytes } KB)
notice-mail-cleared = The mailbox is empty.
notice-mail-bounces = Mail to <strong>{ $email }</strong> bounces from now on. Send or resend an invitation to see it fail.
notice-mail-delivers = Mail to <strong>{ $email }</strong> arrives again.
notice-mail-samples = A sample of each template is in the mailbox.
