//! Adapters that are wrong on purpose. A contract counts once it has caught one of these.
//!
//! Each stands on sound ports, of whatever store, and breaks one promise:
//!
//! ```
//! use std::sync::Arc;
//!
//! use registration_domain::platform::Ports;
//! use registration_testkit::{broken, contract, memory::MemoryStore};
//!
//! let sound: Ports = registration_testkit::ports(Arc::new(MemoryStore::default()));
//! let broken = broken::ALL.iter().find(|it| it.name == "ignores expectations").expect("there is one");
//! let ports: Ports = (broken.break_)(sound);
//! assert!(contract::of_a_store().any(|it| it.name == broken.caught_by));
//! ```
mod codes;
mod email_domains;
mod ledger;
mod moment;
mod outbox;
mod reader;
mod reads;

use std::sync::Arc;

use registration_domain::platform::Ports;

pub use codes::{BrokenCodes, CODES};
use ledger::Careless;
use outbox::Hasty;
use reader::Blind;
use reads::{Warp, Warped};

/// One way of being wrong.
#[derive(Debug, Clone, Copy)]
pub struct Broken {
    /// What is wrong with it.
    pub name: &'static str,
    /// The promise that must catch it.
    pub caught_by: &'static str,
    /// Breaks sound ports.
    pub break_: fn(Ports) -> Ports,
}

macro_rules! broken {
    ($($name:literal, $caught_by:ident: $field:ident = $make:expr;)*) => {
        /// Every way of being wrong that is known here.
        pub const ALL: &[Broken] = &[$(Broken {
            name: $name,
            caught_by: stringify!($caught_by),
            break_: |sound| {
                let make: fn(&Ports) -> _ = $make;
                let broken = make(&sound);
                Ports { $field: Arc::new(broken), ..sound }
            },
        }),*];
    };
}

broken! {
    "ignores revisions", a_stale_update_is_refused:
        ledger = |it| Blind::to_revisions(it);
    "keeps receipts for ever", a_key_is_kept_for_a_day_and_then_free:
        ledger = |it| Blind::to_age(it);
    "wakes ended sessions", a_touch_wakes_no_ended_session:
        ledger = |it| Blind::to_ends(it);
    "founds the platform again", the_platform_is_founded_once_however_many_race:
        ledger = |it| Blind::to_the_founding(it);
    "commits piecemeal", a_refused_commit_writes_nothing:
        ledger = |it| Careless::piecemeal(it);
    "ignores expectations", an_expectation_holds_only_as_it_was_read:
        ledger = |it| Careless::without_expectations(it);
    "ignores receipts", a_repeat_is_told_the_first_outcome_and_writes_nothing:
        ledger = |it| Careless::without_receipts(it);
    "loses messages", a_message_is_stored_with_its_commit:
        ledger = |it| Careless::without_messages(it);
    "sends though it was refused", a_message_of_a_refused_commit_is_never_sent:
        ledger = |it| Careless::sending_anyway(it);
    "compares addresses as they were typed", an_address_has_one_account_however_it_is_spelled:
        ledger = |it| Careless::with_raw_addresses(it);
    "cuts time to milliseconds", every_invitation_is_read_as_it_was_written:
        ledger = |it| Careless::to_milliseconds(it);
    "ends a review that was asked for again", a_review_asked_for_again_outlasts_the_end_of_the_older_one:
        ledger = |it| Blind::to_askings(it);
    "counts for ever", what_was_counted_counts_for_its_length_and_no_longer:
        ledger = |it| Careless::without_windows(it);
    "counts in fixed windows", no_span_of_its_length_holds_more_than_the_maximum:
        ledger = |it| Careless::in_fixed_windows(it);
    "forgives nothing", a_count_that_is_forgiven_begins_anew:
        ledger = |it| Careless::without_forgiving(it);
    "keeps no sign-in log", attempts_to_sign_in_are_listed_newest_first:
        ledger = |it| Careless::without_the_sign_in_log(it);
    "answers a request that took the place of another", a_request_that_took_the_place_of_another_outlasts_it:
        ledger = |it| Blind::to_newer_requests(it);
    "lets the suspended act", whoever_is_suspended_meanwhile_makes_a_conflict:
        ledger = |it| Blind::to_suspensions(it);
    "forgets refunds", a_refund_makes_room_for_one:
        ledger = |it| Careless::without_refunds(it);
    "verifies a domain for everybody who asks", a_domain_is_verified_for_one_organization:
        ledger = |it| Careless::with_domains_apart(it);
    "reads a count and then writes it", a_limit_is_never_overspent_however_many_try:
        ledger = |it| ledger::ReadsThenSpends::new(it);
    "does not count who uses a code", a_code_is_never_used_more_often_than_it_may_be:
        ledger = |it| Careless::without_uses(it);
    "keeps what was given back", a_use_that_is_given_back_makes_room_for_one:
        ledger = |it| Careless::without_returns(it);
    "gives every refused code one reason", refused_tries_are_counted_by_their_reason:
        ledger = |it| Careless::with_one_reason(it);
    "forgets leases", a_held_message_is_not_claimed:
        outbox = |it| Hasty::forgetting_leases(it);
    "settles for anyone", whoever_lost_a_lease_writes_nothing:
        outbox = |it| Hasty::settling_for_anyone(it);
    "tries again at once", a_retry_waits_until_its_time:
        outbox = |it| Hasty::trying_at_once(it);
    "counts no tries", tries_are_counted:
        outbox = |it| Hasty::counting_nothing(it);
    "reads each thing at its own moment", nothing_moves_within_a_moment:
        reads = |it| Warped::new(it, Warp::Moving);
    "forgets acts", a_committed_act_is_known_and_a_refused_one_is_not:
        reads = |it| Warped::new(it, Warp::ForgetsActs);
    "wakes removed memberships", only_an_active_member_with_an_active_account_has_a_standing:
        reads = |it| Warped::new(it, Warp::WakesRemoved);
    "counts who was removed", members_are_counted:
        reads = |it| Warped::new(it, Warp::CountsRemoved);
    "names Owners last", who_gives_access_is_named_owners_first:
        reads = |it| Warped::new(it, Warp::OwnersLast);
    "counts expired invitations as pending", open_invitations_are_counted_each_once:
        reads = |it| Warped::new(it, Warp::CountsExpired);
    "lists invitations whatever became of their mail", invitations_are_filtered_by_how_far_their_mail_came:
        reads = |it| Warped::new(it, Warp::IgnoresDelivery);
    "forgets where somebody belonged", all_memberships_are_those_of_today_and_of_before:
        reads = |it| Warped::new(it, Warp::ForgetsRemoved);
    "forgets nothing", what_is_forgotten_is_gone_and_of_nobody_else:
        ledger = |it| Careless::forgetting_nothing(it);
    "closes accounts that belong somewhere", whoever_belongs_somewhere_is_not_unattached:
        ledger = |it| Careless::without_looking_around(it);
    "lets in who is gone", nobody_who_is_gone_comes_in_or_asks_to:
        ledger = |it| Careless::closing_nothing(it);
    "counts what was read", reading_one_leaves_the_others_unread:
        reads = |it| Warped::new(it, Warp::CountsRead);
    "reads what comes later too", reading_all_leaves_what_comes_later_unread:
        ledger = |it| Careless::reading_ahead(it);
    "looks into DNS all the time", email_domains_to_check_are_those_not_looked_at_for_longest:
        reads = |it| Warped::new(it, Warp::ChecksAtOnce);
    "finds an organization by the beginning of its name only", an_organization_is_found_by_any_part_of_its_name:
        reads = |it| Warped::new(it, Warp::FindsBeginnings);
    "drops organizations of one name", a_walk_of_organizations_loses_and_doubles_nothing:
        reads = |it| Warped::new(it, Warp::DropsNamesakes);
    "lists sessions that are over", only_sessions_that_admit_are_listed:
        reads = |it| Warped::new(it, Warp::ListsEnded);
    "shows attempts of others", attempts_are_filtered_by_what_came_of_them:
        reads = |it| Warped::new(it, Warp::IgnoresOutcome);
    "asks those who were longest away", reviewers_are_those_who_signed_in_last:
        reads = |it| Warped::new(it, Warp::ReviewersByLongestAway);
    "counts expired requests as waiting", waiting_requests_are_counted:
        reads = |it| Warped::new(it, Warp::CountsLapsedRequests);
    "lists used up codes as active", codes_are_filtered_by_state_at_a_time:
        reads = |it| Warped::new(it, Warp::KeepsUsedUpCodes);
    "forgets rejections", the_last_rejection_is_found:
        reads = |it| Warped::new(it, Warp::ForgetsRejections);
    "pages by number", members_who_come_between_two_pages_move_nobody:
        reads = |it| Warped::new(it, Warp::PagesByNumber);
    "compares sign-ups as they were typed", sign_ups_that_await_their_code_are_found_by_their_mailbox:
        reads = |it| Warped::new(it, Warp::ComparesSpellings);
    "offers expired invitations", open_invitations_are_found_by_their_mailbox:
        reads = |it| Warped::new(it, Warp::OffersExpired);
    "drops ties", a_walk_of_members_loses_and_doubles_nothing:
        reads = |it| Warped::new(it, Warp::DropsTies);
}
