//! What settings say together: what is fit for one machine only is refused where others reach us.
use std::{net::SocketAddr, time::Duration};

use registration_crypto_rustcrypto::HashingCost;
use registration_domain::settings::{Lifetimes, PublicUrl};

use super::{Mail, MailRoute, read::Reader};

/// What is judged together. What could not be read was refused already, and stands in no rule's way.
pub(super) struct Together<'a> {
    pub(super) listen: Option<SocketAddr>,
    pub(super) public_url: Option<&'a PublicUrl>,
    pub(super) mail: Option<&'a Mail>,
    pub(super) hashing: Option<HashingCost>,
    pub(super) dev_clock: Option<bool>,
    pub(super) lifetimes: Option<&'a Lifetimes>,
}

pub(super) fn judge(all: &Together<'_>, reader: &mut Reader<'_>) {
    let listens_elsewhere = all.listen.is_some_and(|it| !it.ip().to_canonical().is_loopback());
    let is_open = listens_elsewhere || all.public_url.is_some_and(|it| !it.is_loopback());
    if reader.value("public_url").is_none() && listens_elsewhere {
        reader.refuse(
            "public_url",
            "must be named where others reach us: links in mails begin with it, such as https://join.example.org",
        );
    }
    if all.public_url.is_some_and(|it| it.as_str().parse::<registration_edge_poem::PublicUrl>().is_err()) {
        reader.refuse("public_url", "must be a scheme, a host and a port, without a path");
    }
    if listens_elsewhere && all.mail.is_some_and(|it| it.route == MailRoute::Mailbox) {
        reader.refuse(
            "mail_url",
            "mailbox: shows every mail to whoever asks, so it is taken only where we listen on loopback",
        );
    }
    if is_open && all.hashing.is_some_and(is_weaker) {
        reader.refuse(
            "password_hash",
            "weaker than m=19456, t=2, p=1 is taken only where listening and public address are loopback",
        );
    }
    if is_open && all.dev_clock == Some(true) {
        reader.refuse("dev_clock", "is taken only where listening and public address are loopback");
    }
    if all.lifetimes.is_some_and(|it| it.session_idle > it.session) {
        reader.refuse("lifetimes.session_idle", "must not be longer than lifetimes.session");
    }
    if all.lifetimes.is_some_and(|it| it.code > it.sign_up) {
        reader.refuse("lifetimes.code", "must not be longer than lifetimes.sign_up");
    }
    if all.lifetimes.is_some_and(|it| it.code > LONGEST_CODE) {
        reader
            .refuse("lifetimes.code", "must be at most 10m: six digits are not to be guessed at for longer");
    }
    if all.lifetimes.is_some_and(|it| it.code_pause > it.code) {
        reader.refuse("lifetimes.code_pause", "must not be longer than lifetimes.code");
    }
}

/// NIST SP 800-63B: a secret that is sent is good for ten minutes at most.
const LONGEST_CODE: Duration = Duration::from_mins(10);

/// Less work than the default, or so little memory that passes do not make up for it: OWASP's own
/// equivalents go down to 7 MiB.
fn is_weaker(cost: HashingCost) -> bool {
    const LEAST_MEMORY_KIB: u32 = 7 * 1024;
    let work = |it: HashingCost| u64::from(it.memory_kib) * u64::from(it.passes);
    work(cost) < work(HashingCost::default()) || cost.memory_kib < LEAST_MEMORY_KIB
}
