action-sessions-ended = All other sessions ended
action-password-changed = Password changed
action-password-reset_sent = Reset link sent
action-password-reset = Password set by a link
action-account-unlocked = Let try to sign in again

sign-in-forgot = Forgot the password?
sign-in-locked = Too many tries. You can try again at { $until }.

reset-title = Reset your password
reset-hint = We will send a link to it. The link works once.
reset-button = Send reset link
reset-asked-title = Check your email
reset-asked-words = If an account has this address, we have sent a link to it. It works once, until { $until }.
reset-asked-nothing = No email after a few minutes? Look for it among the spam, or ask for another one.
reset-again = Ask again
reset-password-title = Set a new password
reset-password-of = For the account of { $email }.
reset-password-ends = You will be signed out everywhere, and sign in with the new password.
reset-password-button = Set new password
notice-password-set = Password set. Sign in with it.
state-reset_link_expired = This link has expired
state-reset_link_expired-words = It worked for an hour. Your password is what it was.
state-reset_link_used = This link has been used
state-reset_link_used-words = A password was set by it. Every link works once.
state-reset_link_superseded = A newer link was sent
state-reset_link_superseded-words = Use that one.
state-reset_link_void = This link works no more
state-reset_link_void-words = The password or the address was changed after this link was sent.
state-reset_link_unknown = We cannot find this link
state-reset_link_unknown-words = Open the link of the email once more, whole.
reset-new-link = Send a new one

change-password-title = Change password
change-password-current = Current password
change-password-new = New password
change-password-hint = Your other sessions are signed out.
change-password-button = Change password
change-password-wrong = The current password is not right. { $left ->
    [0] You have to wait before the next try.
    [one] 1 try left.
   *[other] { $left } tries left.
}
fault-current_password-required = Enter your current password
fault-password-password_unchanged = The new password is the same as the current one.
notice-password-changed = Password changed.
notice-password-changed-one = Password changed. 1 other session was signed out.
notice-password-changed-others = Password changed. { $count } other sessions were signed out.

sign-ins-title = Signing in
sign-ins-unknown = Something you do not recognise?
sign-ins-change-password = Change your password
sign-ins-where = Where you are signed in
sign-ins-device = Device
sign-ins-first = First seen
sign-ins-last = Last active
sign-ins-address = Address
sign-ins-this = This device
sign-ins-end = Sign out
sign-ins-end-of = Sign out { $device }
sign-ins-end-others = Sign out everywhere else
sign-ins-history = Sign-in history
sign-ins-history-hint = Kept for 90 days.
sign-ins-time = Time
sign-ins-result = Result
sign-ins-method = Method
sign-ins-browser = Browser
sign-ins-all = All results
sign-ins-download = Download as CSV
sign-ins-only-this = Only this sign-in so far.
sign-ins-none = No sign-in with this result.
sign-ins-unknown-device = Unknown device
sign-ins-device-on = { $browser } on { $system }
sign-in-outcome-success = Signed in
sign-in-outcome-wrong_password = Wrong password
sign-in-outcome-locked = Locked
sign-in-outcome-suspended = Suspended
sign-in-method-password = Password
sign-in-method-invitation = Invitation
sign-in-method-setup = Setup link
notice-session-ended = Signed out there.
notice-sessions-ended = Signed out everywhere else.
notice-sessions-ended-none = You are signed in nowhere else.
refusal-current_password_incorrect = The current password is not right.
