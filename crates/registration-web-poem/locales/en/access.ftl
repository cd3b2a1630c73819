action-sessions-ended = All other sessions ended
action-password-changed = Password changed
action-password-reset_sent = Reset link sent
action-password-reset = Password set by a link
action-account-unlocked = Let try to sign in again
