### What stands around every page, what forms and failures say, and the names of things.

skip = Skip to main content
error-prefix = Error:
summary-title = There is a problem
footer = Help and preferences
help = Help
accessibility = Accessibility
privacy = Privacy
language = Language
theme = Theme
theme-system = System
theme-light = Light
theme-dark = Dark
nav-main = Main
nav-account = Account
nav-overview = Overview
nav-users = User Management
nav-audit = Audit log
nav-settings = Settings
menu-organizations = Switch organization
sign-out = Sign out
idle-words = You will be signed out in about 2 minutes, because nothing was done here for a long time.
idle-stay = Stay signed in
go-back = Go back
cancel = Cancel
paging = Pages
paging-first = First page
paging-next = Next page
expires = Expires
access = Access
since = since
mail-is-kept = Email is not set up. Invitations are kept in the mailbox and are not delivered.
mail-is-kept-open = Open the mailbox
and-more = { $count ->
    [one] and 1 more
   *[other] and { $count } more
}

## Dates

day = { $day } { $month } { $year }
moment = { $day }, { $time } UTC
moment-elsewhere = { $day }, { $time } ({ $place } time)
clock = { $time } UTC
clock-elsewhere = { $time } ({ $place } time)
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

## Fields

label-email = Email address
label-work-email = Work email
label-username = Username
label-first-name = First name
label-last-name = Last name
label-password = Password
label-confirmation = Confirm password
label-organization = Organization name
label-identifier = Email or username
label-reason = Reason (optional)
hint-username = You can sign in with it. No spaces and no @.
hint-organization = People see this name in your invitations.
show-password = Show password
password-is-shown = Your password is shown
password-is-hidden = Your password is hidden
password-rule = At least { $min } characters, with an upper-case letter, a lower-case letter, and a digit or symbol. You can paste from a password manager.
password-rule-length = At least { $min } characters. You can paste from a password manager.

## What is wrong with a field

fault-required = Fill in this field
fault-too_long = Use fewer characters
fault-malformed = Use letters, digits and punctuation only, and nothing that looks like a web address
fault-email-required = Enter an email address
fault-invalid_email = Enter an email address in the correct format, like name@example.com
fault-identifier-required = Enter your email or username
fault-username-required = Enter a username
fault-invalid_username = A username has 2 to 64 letters, digits or signs, no spaces and no @. Some are reserved.
fault-username_taken = That username is taken. Choose another.
fault-first_name-required = Enter your first name
fault-first_name-too_long = First name is longer than 100 characters
fault-last_name-required = Enter your last name
fault-last_name-too_long = Last name is longer than 100 characters
fault-organization-required = Enter the name of your organization
fault-organization-too_long = The name is longer than 100 characters
fault-reason-too_long = The reason is longer than 500 characters
fault-message-too_long = The message is longer than 500 characters
fault-password-required = Enter a password
fault-password-malformed = Your password holds characters that cannot be typed everywhere. Choose another.
fault-password-password_too_short = { $length ->
    [one] Your password has 1 character. Use at least { $min }.
   *[other] Your password has { $length } characters. Use at least { $min }.
}
fault-password-password_too_long = Use at most { $max } characters.
fault-password-password_needs_upper = Add an upper-case letter.
fault-password-password_needs_lower = Add a lower-case letter.
fault-password-password_needs_digit_or_symbol = Add a digit or symbol.
fault-password-password_common = Many people use that password. Choose another.
fault-password-password_contains_identity = Your password contains your email address or username. Choose another.
fault-confirmation-required = Enter the password again
fault-confirmation-differs = The two passwords are not the same
fault-access-required = Choose what they can do
fault-role-required = Choose a role
fault-permission-required = Choose at least one permission
fault-unknown_role = There is no such role any more. Choose another.
fault-unknown_permission = One of these permissions no longer exists. Choose again.
fault-emails-required = Enter at least one email address

## When there is no other page

failure-back = Back to the start
failure-back-to = Back to { $place }
failure-signed-out = Sign in
failure-signed-out-words = Sign in to continue.
failure-not-found = We cannot find that page
failure-not-found-words = If you typed the address, check it. If you followed a link, it may be old.
failure-not-our-form = This form is out of date
failure-not-our-form-words = It was open for too long, or in another window in which you have since signed in or out. Nothing was changed. Go back, reload the page, and send it again.
failure-forbidden = You cannot do this
failure-refused = This cannot be done now
failure-limited = Too many tries
failure-unavailable = We cannot do this right now
failure-unavailable-words = Nothing was changed. Try again in a minute. If it keeps happening, send this number to your administrator: <code>{ $number }</code>.
failure-internal = Something went wrong on our side
failure-internal-words = Your changes were not saved. Try again in a minute. If it keeps happening, send this number to your administrator: <code>{ $number }</code>.
failure-exceeded = It is about: { $permissions }.
failure-ask = People who can give it to you: <strong>{ $names }</strong>.
failure-ask-an-owner = An Owner of the organization can give it to you.

## Why not, by code

refusal-permission_missing = This needs the permission <strong>{ $permission }</strong>.
refusal-owner_required = Only an Owner can do this.
refusal-access_exceeds_own = You cannot give more than you have yourself.
refusal-own_access = You cannot change your own access. Ask another person who manages it.
refusal-founding_closed = On this platform only its administrators found organizations.
refusal-last_owner = An organization keeps an Owner. Make someone else an Owner first.
refusal-stale = Somebody changed this while you were looking at it. Open it again.
refusal-already_member = This person is a member already.
refusal-already_invited = This address was invited already. You can resend the invitation.
refusal-invitation_blocked = This address wants no more invitations from this organization.
refusal-invitation_already_accepted = This invitation was accepted in the meantime.
refusal-invitation_declined = This invitation was declined in the meantime.
refusal-invitation_revoked = This invitation was revoked in the meantime.
refusal-invitation_not_backed = Whoever sent this invitation may no longer give this access.
refusal-validation_failed = Something in the form cannot be taken. Go back and check it.
refusal-idempotency_key_reused = This form was sent before with something else in it. Open it again, and send it once.
refusal-malformed_request = The page cannot be asked for in this way.
refusal-too_many_tries = You can try again at { $until }.
refusal-too_many_mails = This address has had many emails from here. You can try again at { $until }.
refusal-asked_too_soon = You have asked already. You can ask again at { $until }.

## How much somebody may do

access-owner = Owner
access-all = All permissions
access-count = { $count ->
    [0] No permissions
    [one] 1 permission
   *[other] { $count } permissions
}
group-members = Members
group-business-partners = Business partners
group-user-registration = User registration
group-organization = Organization
permission-members-view = See members
permission-members-view-hint = See who belongs to the organization, and with which access.
permission-members-invite = Invite members
permission-members-invite-hint = Invite people, giving no more than they hold themselves.
permission-members-manage_access = Manage access
permission-members-manage_access-hint = Change what other members may do.
permission-members-remove = Remove members
permission-members-remove-hint = End the membership of others.
permission-members-bulk_invite = Invite in bulk
permission-members-bulk_invite-hint = Invite many people at once, from a file.
permission-join_requests-review = Review join requests
permission-join_requests-review-hint = Approve or reject people who ask to join.
permission-employee_codes-manage = Manage employee codes
permission-employee_codes-manage-hint = Make and revoke employee codes.
permission-partners-view = See partners
permission-partners-view-hint = See the Customer List and the Supplier List.
permission-partners-invite = Invite partners
permission-partners-invite-hint = Invite customers and suppliers.
permission-partners-manage = Manage partners
permission-partners-manage-hint = Change, merge and end partnerships.
permission-user_registration-use = Register users
permission-user_registration-use-hint = Create internal users.
permission-personal_records-edit = Edit personal records
permission-personal_records-edit-hint = Enter personal information.
permission-personal_records-validate = Validate personal records
permission-personal_records-validate-hint = Validate personal information, or send it back.
permission-organization-edit = Edit the organization
permission-organization-edit-hint = Change its name and its settings.
permission-audit-view = See the audit log
permission-audit-view-hint = See who let whom in, when and why.
