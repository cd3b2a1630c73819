//! Every code that a client can be told, what it means, and what to do about it.

/// A stable word, and the words for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// The stable word, such as `invitation_expired`.
    pub code: &'static str,
    /// The status that it comes with; none for what is told of single fields.
    pub status: Option<u16>,
    /// A short sentence, the same for every problem of this code.
    pub title: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
}

/// Every code, those of whole requests first, sorted by status and code.
pub fn problem_table() -> &'static [Code] {
    CODES
}

/// The words for a code.
pub(crate) fn find(code: &str) -> Option<&'static Code> {
    CODES.iter().find(|it| it.code == code)
}

const fn told(
    status: u16,
    code: &'static str,
    title: &'static str,
    meaning: &'static str,
    remedy: &'static str,
) -> Code {
    Code { code, status: Some(status), title, meaning, remedy }
}

const fn field(code: &'static str, title: &'static str, meaning: &'static str, remedy: &'static str) -> Code {
    Code { code, status: None, title, meaning, remedy }
}

#[rustfmt::skip]
const CODES: &[Code] = &[
    told(400, "idempotency_key_malformed", "The idempotency key is malformed",
        "`Idempotency-Key` was sent twice, or is not 1 to 255 visible ASCII characters.",
        "Send one key, for instance a UUID."),
    told(400, "malformed_json", "The body is not JSON",
        "The body is not one whole JSON text in UTF-8, holds the same name twice in one object, or nests deeper than 32 levels.",
        "Send one JSON object as RFC 8259 has it."),
    told(400, "malformed_request", "The request is malformed",
        "The request could not be read as HTTP, or something in its head cannot be.",
        "Look at the request as it leaves the client."),
    told(401, "invalid_credentials", "The address, username or password is not right",
        "Nobody was signed in. The same is told for every cause, so that nobody learns who has an account.",
        "Check what was typed, or reset the password."),
    told(401, "not_signed_in", "Sign in first",
        "There is no token, or it stands for nobody: its session was ended, idle too long, or too old, or its account was suspended.",
        "Sign in with `POST /api/v1/sessions`, and send the token as `Authorization: Bearer`."),
    told(401, "sign_in_to_accept", "Sign in to accept",
        "An account has the invited address already, and a link alone never acts for an account.",
        "Sign in as that account, and accept with the token alone."),
    told(403, "access_exceeds_own", "Nobody gives more than they hold",
        "The access holds the `permissions` named in the problem, or reaches further, and the caller does not.",
        "Choose less, or ask somebody who holds them."),
    told(403, "forbidden", "This is not allowed",
        "The request was understood, and is not served.",
        "Ask whoever runs the platform."),
    told(403, "founding_closed", "Organizations are founded by the platform only",
        "This platform does not let everybody found an organization.",
        "Ask an administrator of the platform."),
    told(403, "handing_over_disabled", "Links are not handed over on this platform",
        "Invitations reach people by mail only.",
        "Send the invitation again."),
    told(403, "invitation_for_someone_else", "The invitation is for somebody else",
        "The signed-in account does not have the invited address. Nothing was accepted.",
        "Sign in as the account that has it, or sign out and register."),
    told(403, "only_about_oneself", "A person asks about themselves only",
        "What somebody else may do is told to other services by an API key, not to persons.",
        "Leave another account out of the question."),
    told(403, "own_access", "Nobody changes their own access",
        "An access is changed by somebody else.",
        "Ask an Owner or somebody with `members.manage_access`."),
    told(403, "owner_required", "Only an Owner may do this",
        "Owners are made and unmade by Owners, and ownership is handed over by its holder.",
        "Ask an Owner of the organization."),
    told(403, "permission_missing", "The access lacks a permission",
        "The caller is a member, and lacks the `permission` named in the problem.",
        "Ask somebody who may give it."),
    told(404, "invitation_unknown", "There is no such invitation",
        "The token was not made here, or what it names is gone.",
        "Open the link of the mail once more, whole."),
    told(404, "not_found", "There is nothing here",
        "There is no such thing, or none that the caller may know of.",
        "Check the address and the ids."),
    told(405, "method_not_allowed", "This method is not available here",
        "The path is served, and not with this method. `Allow` names those that are.",
        "Use one of them."),
    told(406, "not_acceptable", "No acceptable form of this is available",
        "What is here has no form that the client accepts.",
        "Accept `application/json`."),
    told(408, "request_timeout", "The request took too long to arrive",
        "The head or the body came too slowly.",
        "Send it again."),
    told(409, "already_invited", "This address was invited already",
        "The invitation named by `invitation_id` is pending.",
        "Send that one again, or revoke it first."),
    told(409, "already_member", "This person is a member already",
        "An active member of the organization has this address.",
        "Change the member's access instead."),
    told(409, "invitation_already_accepted", "The invitation was already accepted",
        "An invitation is for one use, and somebody came in by it, at `since`.",
        "Sign in."),
    told(409, "invitation_blocked", "This address wants no more invitations from here",
        "Whoever reads mail at this address declined, and asked not to be invited again by this organization.",
        "Talk to the person in another way."),
    told(409, "invitation_declined", "The invitation was declined",
        "The invitee did not want to come in; they said so at `since`.",
        "Ask for a new invitation if that was a mistake."),
    told(409, "invitation_still_holds", "The invitation still holds",
        "A new one is asked for only in place of one that expired.",
        "Accept it."),
    told(409, "last_owner", "The last Owner stays",
        "An organization always keeps an Owner.",
        "Hand the ownership over first."),
    told(409, "no_owner", "No Owner can act",
        "No Owner of the organization has an active account, so that nobody could stand behind an invitation. Only the operator's command line is told so.",
        "Restore the account of one of its Owners."),
    told(409, "not_set_up", "Nobody owns the platform",
        "The platform was not set up yet. Only the operator's command line is told so.",
        "Set it up by the link that `registration admin setup-link` prints."),
    told(410, "invitation_expired", "The invitation has expired",
        "Its time is over, since `since`.",
        "Ask for a new one with `POST /api/v1/invitations/request-new`."),
    told(410, "invitation_not_backed", "Nobody stands behind the invitation any more",
        "Whoever sent it may no longer give what it offers. (The inviting side is told so with 409.)",
        "Ask the organization for a new one."),
    told(410, "invitation_revoked", "The invitation was revoked",
        "The organization took it back, at `since`. (The inviting side is told so with 409.)",
        "Ask the organization."),
    told(410, "invitation_superseded", "A newer link was sent",
        "The invitation was sent again, at `since`, and only its newest link holds.",
        "Open the newest mail."),
    told(410, "setup_link_expired", "The setup link has expired",
        "It holds for an hour.",
        "Restart the server, or run `registration admin setup-link`: a new one is printed."),
    told(411, "length_required", "The length of the body is required",
        "The request does not say how long its body is.",
        "Send `Content-Length`."),
    told(412, "stale", "The resource was changed since it was read",
        "`If-Match` names another revision than the present one.",
        "Read it again, decide again, and send its new `ETag`."),
    told(413, "body_too_large", "The body is too large",
        "JSON bodies have at most 64 KiB.",
        "Send less."),
    told(415, "unsupported_media_type", "This media type is not understood",
        "The body is not declared as `application/json` in UTF-8.",
        "Send `Content-Type: application/json`."),
    told(421, "misdirected_request", "This host is not served here",
        "The request names a host that is not the platform's public one.",
        "Use the public address."),
    told(422, "idempotency_key_reused", "The idempotency key was used for another request",
        "Within 24 hours the same key came with another body or path.",
        "Use a new key for a new request."),
    told(422, "validation_failed", "Some fields cannot be taken",
        "The request was read; `errors` names every field that cannot be taken, and why.",
        "Mend those fields."),
    told(428, "if_match_required", "If-Match is required",
        "A change of access must name the revision that it rests on.",
        "Read the access, and send its `ETag` as `If-Match`."),
    told(429, "asked_too_soon", "This was asked already today",
        "It can be asked once a day. `retry_at` says when again.",
        "Wait."),
    told(429, "too_many_mails", "This address was mailed too often",
        "What strangers can cause is mailed to an address at most 5 times an hour and 20 times a day. `retry_at` says when again.",
        "Wait."),
    told(429, "too_many_requests", "Too many requests",
        "This client asks more often than the platform serves it. `Retry-After` says when again.",
        "Wait."),
    told(429, "too_many_tries", "Too many tries",
        "The tries of this day are spent. `retry_at` says when again.",
        "Wait."),
    told(431, "headers_too_large", "The request line or its headers are too large",
        "The head of a request has a limit.",
        "Send fewer or shorter headers."),
    told(500, "internal", "Something went wrong on our side",
        "The log knows more, under the `request_id`.",
        "Try again; if it stays, tell whoever runs the platform the `request_id`."),
    told(503, "overloaded", "There is too much to do",
        "Nothing was done.",
        "Try again in a moment, with the same idempotency key."),
    told(503, "try_again", "Nothing was done",
        "What stands behind the service did not answer, or others kept changing the same record.",
        "Try again in a moment, with the same idempotency key."),
    told(503, "unavailable", "The service is not available right now",
        "It starts, stops, or has more to do than it can.",
        "Try again in a moment."),
    field("invalid_email", "This is not an e-mail address",
        "An address has a local part and a domain name with a dot; quoted local parts and literals are not taken.",
        "Check it for typing errors."),
    field("invalid_username", "This cannot be a username",
        "A username has 2 to 64 letters, digits and punctuation of one script, holds no `@`, and is not reserved.",
        "Choose another."),
    field("malformed", "This is not of the form that is wanted",
        "`detail` says which form that is.",
        "Mend it."),
    field("password_common", "This password is one of the commonly used ones",
        "Such passwords are tried first.",
        "Choose one that nobody else has."),
    field("password_contains_identity", "The password contains the address or the username",
        "Such passwords are tried first.",
        "Choose another."),
    field("password_needs_digit_or_symbol", "The password has neither a digit nor a symbol",
        "The platform's policy wants one.",
        "Add one."),
    field("password_needs_lower", "The password has no lower-case letter",
        "The platform's policy wants one.",
        "Add one."),
    field("password_needs_upper", "The password has no upper-case letter",
        "The platform's policy wants one.",
        "Add one."),
    field("password_too_long", "The password is too long",
        "`detail` says how long it may be.",
        "Choose a shorter one."),
    field("password_too_short", "The password is too short",
        "`detail` says how long it must be.",
        "Choose a longer one."),
    field("required", "This field is required",
        "It is not there, `null`, or nothing but white space.",
        "Fill it in."),
    field("too_long", "This is too long",
        "`detail` says how long it may be.",
        "Shorten it."),
    field("unknown_field", "There is no such field here",
        "It is refused rather than passed over, for it may be one that was misspelled.",
        "Leave it out, or spell it as the document does."),
    field("unknown_permission", "There is no such permission",
        "The platform's catalogue lacks it; `GET /api/v1/permissions` lists what is there.",
        "Choose one that is."),
    field("unknown_role", "There is no such role",
        "The platform lacks it; `GET /api/v1/roles` lists what is there.",
        "Choose one that is."),
    field("username_taken", "That username is taken",
        "Somebody else has it, or one that looks the same.",
        "Choose another."),
    field("wrong_type", "This is of another type",
        "`detail` says which type is wanted.",
        "Send that type."),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_holds_each_code_once() {
        let keys: Vec<_> = CODES.iter().map(|it| (it.status.unwrap_or(u16::MAX), it.code)).collect();
        assert!(keys.is_sorted_by(|one, next| one < next), "{keys:?}");
        let mut codes: Vec<_> = CODES.iter().map(|it| it.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), CODES.len());
    }

    #[test]
    fn a_code_is_one_word_in_snake_case() {
        let is_word = |it: &str| it.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        assert!(CODES.iter().all(|it| is_word(it.code)));
    }
}
