//! What settings say together: what is fit for one machine only is refused where others reach us.
use registration_crypto_rustcrypto::HashingCost;

use super::{Config, MailRoute, read::Reader};

pub(super) fn judge(config: &Config, reader: &mut Reader<'_>) {
    let listens_here = config.listen.ip().to_canonical().is_loopback();
    let is_public_here = config.public_url.as_ref().map_or(listens_here, |it| it.is_loopback());
    let alone = listens_here && is_public_here;
    if config.public_url.is_none() && !listens_here {
        reader.refuse(
            "public_url",
            "must be named where others reach us: links in mails begin with it, such as https://join.example.org",
        );
    }
    if let Some(url) = &config.public_url
        && url.as_str().parse::<registration_edge_poem::PublicUrl>().is_err()
    {
        reader.refuse("public_url", "must be a scheme, a host and a port, without a path");
    }
    if config.mail.route == MailRoute::Mailbox && !listens_here {
        reader.refuse(
            "mail_url",
            "mailbox: shows every mail to whoever asks, so it is taken only where we listen on loopback",
        );
    }
    if is_weaker(config.hashing) && !alone {
        reader.refuse(
            "password_hash",
            "weaker than m=19456, t=2, p=1 is taken only where listening and public address are loopback",
        );
    }
    if config.dev_clock && !alone {
        reader.refuse("dev_clock", "is taken only where listening and public address are loopback");
    }
    if config.lifetimes.session_idle > config.lifetimes.session {
        reader.refuse("lifetimes.session_idle", "must not be longer than lifetimes.session");
    }
}

/// Less work than the default, or so little memory that passes do not make up for it: OWASP's own
/// equivalents go down to 7 MiB.
fn is_weaker(cost: HashingCost) -> bool {
    const LEAST_MEMORY_KIB: u32 = 7 * 1024;
    let work = |it: HashingCost| u64::from(it.memory_kib) * u64::from(it.passes);
    work(cost) < work(HashingCost::default()) || cost.memory_kib < LEAST_MEMORY_KIB
}
