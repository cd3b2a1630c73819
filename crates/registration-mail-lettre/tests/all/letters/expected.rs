//! Subject, and what stands in both parts, by what a letter is about.

/// Subject, and what stands in both parts, of the letters about an e-mail domain.
pub(super) fn about_a_domain(kind: &str) -> (&'static str, Vec<&'static str>) {
    match kind {
        "email_domain_verified" => (
            "acme.example is verified for Müller & Söhne GmbH",
            vec![
                "Bo Lindqvist verified the e-mail domain acme.example for Müller & Söhne GmbH.",
                "Join at once. Access: See members",
            ],
        ),
        "email_domain_record_missing" => (
            "Publish the DNS record of acme.example again",
            vec![
                "Publish it again before 29 November 2026, 16:00 UTC.",
                "Name: _registration-challenge.acme.example",
                "Value: registration-verification=07070707070707070707070707070707",
            ],
        ),
        "email_domain_lapsed" => (
            "acme.example is not verified any more for Müller & Söhne GmbH",
            vec![
                "was missing in DNS for too long.",
                "Value: registration-verification=07070707070707070707070707070707",
            ],
        ),
        _ => panic!("no letter is of kind {kind}"),
    }
}

/// Subject, and what stands in both parts, of the letters about signing in.
pub(super) fn about_signing_in(kind: &str) -> (&'static str, Vec<&'static str>) {
    match kind {
        "new_device" => (
            "New sign-in to Registration",
            vec![
                "Hello Chidi Okafor,",
                "When: 22 November 2026, 16:00 UTC",
                "Device: Firefox 145 on Linux",
                "Network address: 192.0.2.7",
                "Was it you? Then ignore this mail: nothing changes.",
                "This was not me",
            ],
        ),
        "password_reset" => (
            "Reset your Registration password",
            vec![
                "Hello Chidi Okafor,",
                "The link works once, until: 22 November 2026, 17:00 UTC",
                "Asked for from the network address: 192.0.2.7",
                "Set a new password",
                "Did you not ask for it? Ignore this mail: your password stays",
            ],
        ),
        "password_changed" => (
            "Your Registration password was changed",
            vec![
                "Hello Chidi Okafor,",
                "When: 22 November 2026, 16:00 UTC",
                "Device: Firefox 145 on Linux",
                "Network address: 192.0.2.7",
                "This was not me",
                "opening the page changes nothing",
            ],
        ),
        "tries_used_up" => (
            "Too many wrong passwords for your Registration account",
            vec![
                "Hello Chidi Okafor,",
                "Nobody came in by them.",
                "Last try: 22 November 2026, 16:00 UTC",
                "Next try possible: 23 November 2026, 16:00 UTC",
                "Device: Firefox 145 on Linux",
                "Network address: 192.0.2.7",
                "Set a new password",
            ],
        ),
        _ => panic!("no letter is of kind {kind}"),
    }
}

/// Subject, and what stands in both parts, of the letters about joining.
pub(super) fn joining(kind: &str) -> (&'static str, Vec<&'static str>) {
    const ASKS: [&str; 3] = [
        "Address: chidi@acme.example",
        "Asked on: 22 November 2026, 16:00 UTC",
        "Decide by: 22 December 2026, 16:00 UTC",
    ];
    const SAYS: [&str; 3] = ["Chidi Okafor writes:", "I begin on Monday.", "Bo knows me."];
    match kind {
        "join_requested" => (
            "Chidi Okafor asks to join Müller & Söhne GmbH",
            [&["You are among those who can decide."][..], &ASKS, &SAYS].concat(),
        ),
        "join_request_reminder" => (
            "Reminder: Chidi Okafor asks to join Müller & Söhne GmbH",
            [&["Chidi Okafor still waits for a decision"][..], &ASKS, &SAYS].concat(),
        ),
        "join_request_expiring" => (
            "The request of Chidi Okafor to join Müller & Söhne GmbH expires soon",
            [
                &[
                    "Nobody has decided yet about the request of Chidi Okafor",
                    "Employee code: a right one was given",
                ][..],
                &ASKS,
            ]
            .concat(),
        ),
        "join_request_approved" => (
            "You can now use Müller & Söhne GmbH",
            vec!["Müller & Söhne GmbH approved your request.", "Access: All permissions"],
        ),
        "join_request_rejected" => (
            "Müller & Söhne GmbH rejected your request",
            vec!["Ask the warehouse for a code.", "You can ask again from 23 November 2026, 16:00 UTC."],
        ),
        "join_request_expired" => (
            "Your request to join Müller & Söhne GmbH has expired",
            vec!["Your request of 22 November 2026, 16:00 UTC", "You can ask again at any time."],
        ),
        "joined_by_code" => (
            "You can now use Müller & Söhne GmbH",
            vec!["You joined Müller & Söhne GmbH with an employee code", "Access: All permissions"],
        ),
        _ => panic!("no letter is of kind {kind}"),
    }
}

/// Subject, and what stands in both parts, of the letters to the address of a sign-up.
pub(super) fn about_a_sign_up(kind: &str) -> (&'static str, Vec<&'static str>) {
    match kind {
        "already_registered" => (
            "You already have a Registration account",
            vec![
                "Someone, probably you, tried to create an account with this address. You already have one.",
                "Forgot the password? https://join.example.org/reset",
                "Sign in",
            ],
        ),
        "sign_up_code" => (
            "482913 is your Registration code",
            vec![
                "482913 is your code. Enter it on the page you have open. It works until 22 November 2026, 16:10 \
                 UTC.",
                "If you did not ask for it, do nothing: nobody can use it without this email.",
                "@join.example.org #482913",
            ],
        ),
        _ => panic!("no letter is of kind {kind}"),
    }
}

pub(super) fn own(kind: &str) -> (&'static str, Vec<&'static str>) {
    match kind {
        "address_code" => (
            "482913 is your Registration code",
            vec![
                "482913 is your code. Enter it on the page you have open, and your account has this address. It works \
                 until 22 November 2026, 16:10 UTC.",
                "If you did not ask for it, do nothing: no account gets this address without this email.",
                "@join.example.org #482913",
            ],
        ),
        "address_in_use" => (
            "Your Registration account has this address already",
            vec![
                "An account of yours has it, and one address belongs to one account, so nothing was changed.",
                "Was it not you? Do nothing: your account keeps its address.",
            ],
        ),
        "address_changed" => (
            "Your Registration account has another address now",
            vec![
                "Hello Chidi Okafor,",
                "this address cannot sign in to it or reset its password any more",
                "When: 22 November 2026, 16:00 UTC",
                "tell an Owner of your organization, or whoever runs Registration, at once",
                "This was not me",
            ],
        ),
        "account_closed" => (
            "Your Registration account is closed",
            vec![
                "Hello Chidi Okafor,",
                "You belong to no organization there any more, nobody can sign in to it, and nothing brings it back.",
                "Your address and your username are free",
                "When: 22 November 2026, 16:00 UTC",
            ],
        ),
        _ => panic!("no letter is of kind {kind}"),
    }
}
