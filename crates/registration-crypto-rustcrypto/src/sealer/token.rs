//! A token is key id ‖ purpose ‖ subject ‖ generation ‖ MAC, and the MAC is over all of the rest.
use hmac::Mac;
use registration_domain::{
    link::{Link, LinkPurpose},
    revision::Generation,
};
use uuid::Uuid;

use crate::keyring::{KeyBytes, KeyId, keyed, mac};

/// A multiple of three, so that base64 has no bits to spare.
pub(super) const LENGTH: usize = HEAD + 32;
const HEAD: usize = 4 + 1 + 16 + 4;

pub(super) fn seal(id: KeyId, key: &KeyBytes, link: Link) -> [u8; LENGTH] {
    let head = head(id, link);
    let mut token = [0; LENGTH];
    token[..HEAD].copy_from_slice(&head);
    token[HEAD..].copy_from_slice(&mac(key, &[link.purpose.key().as_bytes(), &[0], &head]));
    token
}

/// The comparison takes as long for a wrong first byte as for a wrong last one.
pub(super) fn open(key: &KeyBytes, token: &[u8; LENGTH]) -> Option<Link> {
    let (head, tag) = token.split_at(HEAD);
    let purpose = LinkPurpose::ALL.into_iter().find(|it| mark(*it) == head[4])?;
    keyed(key, &[purpose.key().as_bytes(), &[0], head]).verify_slice(tag).ok()?;
    Some(Link {
        purpose,
        subject: Uuid::from_slice(&head[5..21]).ok()?,
        generation: Generation(u32::from_be_bytes(head[21..].try_into().ok()?)),
    })
}

fn head(id: KeyId, link: Link) -> [u8; HEAD] {
    let Link { purpose, subject, generation: Generation(generation) } = link;
    let mut head = [0; HEAD];
    head[..4].copy_from_slice(&id);
    head[4] = mark(purpose);
    head[5..21].copy_from_slice(subject.as_bytes());
    head[21..].copy_from_slice(&generation.to_be_bytes());
    head
}

/// Stands in mailed links: never to be given to another purpose.
fn mark(purpose: LinkPurpose) -> u8 {
    match purpose {
        LinkPurpose::Setup => 1,
        LinkPurpose::Invitation => 2,
        LinkPurpose::Session => 3,
        LinkPurpose::Device => 4,
        LinkPurpose::PasswordReset => 5,
    }
}
