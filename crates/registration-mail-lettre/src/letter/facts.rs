//! What each kind of letter knows; its three templates show that, and nothing else is given to them.
use askama::Template;
use registration_domain::{
    email::Email,
    email_domain::{DomainPolicy, ProofRecord},
    message::{EmailDomainLetter, EmailDomainNews, Letter, SignUpLetter},
    organization_name::OrganizationName,
    person_name::PersonName,
    port::Mail,
    verification_code::VerificationCode,
};

use super::{
    Letterhead, Rendered,
    words::{self, Quote},
};

/// What stands in every letter.
struct Frame<'a> {
    product: &'a str,
    host: &'a str,
    to: &'a str,
    link: &'a str,
    /// Empty in a letter that is about no code.
    code: &'a str,
}

/// The facts of a kind of letter, and its three templates.
macro_rules! letter {
    ($name:ident { $($fact:ident: $type:ty),* $(,)? } $subject:tt $text:tt $html:tt) => {
        struct $name<'a> {
            mail: Frame<'a>,
            $($fact: $type,)*
        }

        impl $name<'_> {
            fn draft(&self) -> askama::Result<Rendered> {
                #[derive(Template)]
                #[template(path = $subject)]
                struct Subject<'a> {
                    it: &'a $name<'a>,
                }
                #[derive(Template)]
                #[template(path = $text)]
                struct Text<'a> {
                    it: &'a $name<'a>,
                }
                #[derive(Template)]
                #[template(path = $html)]
                struct Html<'a> {
                    it: &'a $name<'a>,
                }
                Ok(Rendered {
                    subject: Subject { it: self }.render()?,
                    text: Text { it: self }.render()?,
                    html: Html { it: self }.render()?,
                })
            }
        }
    };
}

mod own;
mod security;

letter! {
    Invitation {
        organization: &'a OrganizationName,
        inviter: &'a PersonName,
        access: String,
        note: Option<Quote<'a>>,
        expires_at: String,
    }
    "invitation/subject.txt" "invitation/body.txt" "invitation/body.html"
}
letter! {
    Joined { organization: &'a OrganizationName, person: &'a PersonName, email: &'a Email, access: String }
    "joined/subject.txt" "joined/body.txt" "joined/body.html"
}
letter! {
    Declined { organization: &'a OrganizationName, email: &'a Email, reason: Option<Quote<'a>> }
    "declined/subject.txt" "declined/body.txt" "declined/body.html"
}
letter! {
    NewInvitationWished { organization: &'a OrganizationName, email: &'a Email }
    "new_invitation_wished/subject.txt" "new_invitation_wished/body.txt" "new_invitation_wished/body.html"
}
letter! {
    AccessChanged { organization: &'a OrganizationName, by: &'a PersonName, before: String, after: String }
    "access_changed/subject.txt" "access_changed/body.txt" "access_changed/body.html"
}
letter! {
    AccessRemoved {
        organization: &'a OrganizationName,
        by: &'a PersonName,
        reason: Option<Quote<'a>>,
        at: String,
    }
    "access_removed/subject.txt" "access_removed/body.txt" "access_removed/body.html"
}
letter! {
    OwnershipHandedOver { organization: &'a OrganizationName, from: &'a PersonName }
    "ownership_handed_over/subject.txt" "ownership_handed_over/body.txt" "ownership_handed_over/body.html"
}
letter! {
    NewDevice { person: &'a PersonName, device: String, origin: String, at: String }
    "new_device/subject.txt" "new_device/body.txt" "new_device/body.html"
}

letter! {
    EmailDomainVerified {
        organization: &'a OrganizationName,
        name: String,
        by: &'a PersonName,
        policy: String,
    }
    "email_domain_verified/subject.txt" "email_domain_verified/body.txt" "email_domain_verified/body.html"
}
letter! {
    EmailDomainRecordMissing {
        organization: &'a OrganizationName,
        name: String,
        record: &'a ProofRecord,
        until: String,
    }
    "email_domain_record_missing/subject.txt" "email_domain_record_missing/body.txt"
    "email_domain_record_missing/body.html"
}
letter! {
    EmailDomainLapsed { organization: &'a OrganizationName, name: String, record: &'a ProofRecord }
    "email_domain_lapsed/subject.txt" "email_domain_lapsed/body.txt" "email_domain_lapsed/body.html"
}
letter! {
    SignUpCode { expires_at: String }
    "sign_up_code/subject.txt" "sign_up_code/body.txt" "sign_up_code/body.html"
}
letter! {
    AlreadyRegistered { reset: String }
    "already_registered/subject.txt" "already_registered/body.txt" "already_registered/body.html"
}

mod joining;

/// Every field of a letter is named here: a new one is told to its templates, or put aside on purpose.
pub(super) fn draft(head: &Letterhead, it: &Mail) -> askama::Result<Rendered> {
    let Mail { message, link, code } = it;
    let code = code.as_ref().map_or("", VerificationCode::expose);
    let mail = Frame {
        product: &head.product,
        host: head.public_url.host(),
        to: message.to.as_str(),
        link: link.expose(),
        code,
    };
    let access = |it| words::access(it, &head.catalogue);
    match &it.message.letter {
        Letter::Invitation {
            invitation: _,
            generation: _,
            organization,
            inviter,
            access: given,
            note,
            expires_at,
        } => {
            let (access, expires_at) = (access(given), words::moment(*expires_at));
            let note = note.as_ref().map(Quote::of);
            Invitation { mail, organization, inviter, access, note, expires_at }.draft()
        }
        Letter::Joined { invitation: _, organization, person, email, access: given } => {
            Joined { mail, organization, person, email, access: access(given) }.draft()
        }
        Letter::Declined { invitation: _, organization, email, reason } => {
            Declined { mail, organization, email, reason: reason.as_ref().map(Quote::of) }.draft()
        }
        Letter::NewInvitationWished { invitation: _, organization, email } => {
            NewInvitationWished { mail, organization, email }.draft()
        }
        Letter::AccessChanged { membership: _, organization, by, before, after } => {
            AccessChanged { mail, organization, by, before: access(before), after: access(after) }.draft()
        }
        Letter::AccessRemoved { membership: _, organization, by, reason } => {
            let (reason, at) = (reason.as_ref().map(Quote::of), words::moment(it.message.at));
            AccessRemoved { mail, organization, by, reason, at }.draft()
        }
        Letter::OwnershipHandedOver { membership: _, organization, from } => {
            OwnershipHandedOver { mail, organization, from }.draft()
        }
        Letter::NewDevice { session: _, person, device, origin, at } => {
            let device = words::device(device.as_deref());
            let (origin, at) = (words::origin(origin), words::moment(*at));
            NewDevice { mail, person, device, origin, at }.draft()
        }
        Letter::Security(letter) => security::draft(mail, letter),
        Letter::Own(letter) => own::draft(mail, letter),
        Letter::SignUp(SignUpLetter::Code { sign_up: _, generation: _, expires_at }) => {
            SignUpCode { mail, expires_at: words::moment(*expires_at) }.draft()
        }
        Letter::SignUp(SignUpLetter::AlreadyRegistered { sign_up: _, generation: _ }) => {
            AlreadyRegistered { mail, reset: head.public_url.to("/reset") }.draft()
        }
        Letter::EmailDomain(letter) => about_domain(mail, letter, head),
        Letter::Joining(letter) => joining::draft(head, mail, letter),
    }
}

fn about_domain(mail: Frame<'_>, letter: &EmailDomainLetter, head: &Letterhead) -> askama::Result<Rendered> {
    let EmailDomainLetter { domain: _, name, organization: _, organization_name: organization, news } =
        letter;
    let name = name.to_string();
    match news {
        EmailDomainNews::Verified { by, policy } => {
            let policy = match policy {
                DomainPolicy::Admit { access, maker: _ } => {
                    format!("Join at once. Access: {}", words::access(access, &head.catalogue))
                }
                DomainPolicy::Review => "Ask to join, and somebody decides".to_owned(),
                DomainPolicy::InvitationOnly => "Join by an invitation only".to_owned(),
            };
            EmailDomainVerified { mail, organization, name, by, policy }.draft()
        }
        EmailDomainNews::RecordMissing { record, until } => {
            let until = words::moment(*until);
            EmailDomainRecordMissing { mail, organization, name, record, until }.draft()
        }
        EmailDomainNews::Lapsed { record } => EmailDomainLapsed { mail, organization, name, record }.draft(),
    }
}
