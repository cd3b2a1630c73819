### Signing up by oneself: the form, and the code that was mailed.

sign-up-title-start = Sign up
sign-up-title-join = Sign up to join an organization
sign-up-title-create = Sign up to create an organization
sign-up-organizations = For organizations
sign-up-email-hint = We will send a 6-digit code to check that it is yours.
sign-up-submit = Continue
sign-up-again = Start again
sign-up-closed-title = Sign-up is by invitation here
sign-up-closed = Ask a person you know at your organization to invite you.
sign-in-no-account = No account yet?
fault-username-taken-free = That username is taken. Free: { $free }

fault-own-email-required = Enter your email address

verify-title = Check your email
verify-sent = { $minutes ->
    [one] We sent a 6-digit code to <strong>{ $email }</strong>. It works for one minute.
   *[other] We sent a 6-digit code to <strong>{ $email }</strong>. It works for { $minutes } minutes.
}
verify-meant = We sent it to <strong>{ $email }</strong>. Did you mean <strong>{ $meant }</strong>?
verify-change = Change
label-code = 6-digit code
hint-code = You can paste the whole code. Spaces and dashes are fine.
verify-submit = Confirm email
verify-no-mail = No email after 2 minutes? Check spam, then send a new code or use a different email.
verify-wait = You can ask for a new code at { $when }.
verify-look-again = Look again
verify-resend = Send a new code
verify-another = Use a different email
notice-code-sent = New code sent at { $when }. Only the newest code works.
notice-email-confirmed = Email confirmed. Sign in to continue.
fault-six-digits-required = Enter the 6-digit code
fault-six-digits-digits = { $digits ->
    [one] You entered one digit. The code has 6.
   *[other] You entered { $digits } digits. The code has 6.
}
fault-six-digits-letters = The code has 6 digits and no letters.
fault-six-digits-several = There is more than one 6-digit number in there. Enter the code alone.
fault-six-digits-wrong = { $left ->
    [one] That code is not right. You have one try left.
   *[other] That code is not right. You have { $left } tries left.
}
fault-six-digits-last = That was the last try for this code. Ask for a new one.
fault-six-digits-day = Too many tries. You can try again at { $until }.
fault-six-digits-expired = That code expired at { $when }. Send a new code.
fault-username-meanwhile = Somebody took the username { $username } while you were checking your email. Choose another.

sign-up-elsewhere-title = This sign-up was started in another browser
sign-up-elsewhere-words = Enter the code there, or start again here.
sign-up-expired-title = This sign-up has expired
sign-up-expired-words = A sign-up works for an hour. Nothing was held for you.
sign-up-verified-title = This email is confirmed
sign-up-verified-words = Your account is ready. Sign in to continue.

start-individual = You use { $product } as an individual user. You can also:
start-join = Join an existing organization
start-waiting = <strong>{ $organization }</strong> has invited you.
start-waiting-title = Invitations and requests
start-see-invitation = See invitation
