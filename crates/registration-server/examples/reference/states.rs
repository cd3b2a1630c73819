//! The state machines, drawn from what their functions did when they were called.
use crate::{
    email_domain, employee_code, invitation, join_request, machine::Machine, membership, message, page::Page,
    session, setup_link, sign_up,
};

pub(crate) fn page() -> String {
    let mut page = Page::new(
        "State machines",
        "Nobody drew these by hand: a program takes every step in every state, by calling the functions that the server \
         calls, and writes down what happened. An arrow leads to the next state; a word such as `invitation_expired` is \
         the [code](problems.md) of the refusal; a dash is a step that cannot even be tried. The drawings are in \
         Mermaid's notation, which reads as text too.",
    );
    for (name, rule, machine) in machines() {
        page.heading(2, name).add(rule);
        machine.show(&mut page);
    }
    page.end()
}

/// Each with its name and its rule.
fn machines() -> [(&'static str, &'static str, Machine); 9] {
    [
        (
            "Sign-up",
            "It is no account, and holds neither address nor username. A decoy stands for an address that has an account: \
             from outside it is told from the others by nobody, and no code is ever right. That it expired is derived from \
             the time and never stored.",
            sign_up::machine(),
        ),
        (
            "Invitation",
            "It ends exactly once. That it expired is derived from the time and never stored. What settled it is told \
             before what ails the link.",
            invitation::machine(),
        ),
        (
            "Membership",
            "Once removed it stays so; whoever comes back gets a new one. That an organization keeps an Owner is a rule \
             of the verbs around it: see `last_owner`.",
            membership::machine(),
        ),
        (
            "Join request",
            "It ends exactly once, and is decided only before it expires, which is derived from the time; the job writes \
             it down later. The reviewers are reminded once a day. Whoever was rejected may ask anew after a day, everybody \
             else at once.",
            join_request::machine(),
        ),
        (
            "Employee code",
            "Here one that may be used once. What ails it is told to its organization alone: whoever types it hears the \
             same word, as for a code that never was. It is used by a request that it backs, until that ends without a \
             member, and by a member that it let in. That it expired or is used up is derived and never stored.",
            employee_code::machine(),
        ),
        (
            "E-mail domain",
            "It holds only while it is verified, and one organization has it verified at a time. A record that is gone \
             from DNS is forgiven for a while. Removed is removed; the same domain is added anew.",
            email_domain::machine(),
        ),
        (
            "Session",
            "It holds until it is ended, idle too long, or too old, and never for an account that moved on.",
            session::machine(),
        ),
        (
            "Setup link",
            "The first one that is used founds the platform; after that none is of use.",
            setup_link::machine(),
        ),
        (
            "Message",
            "A worker holds it under a lease, sends it outside of any transaction, and alone writes what became of it. \
             `leased` and `waiting` are shown to people as `queued`.",
            message::machine(),
        ),
    ]
}
