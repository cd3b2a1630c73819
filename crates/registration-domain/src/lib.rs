//! Who is let into an organization, by whom, with exactly which access: the rules, pure and whole.
//!
//! Data flows one way, and every write is one value:
//!
//! ```text
//! command → Platform::verb: gather (read ports) → decide (pure) → ChangeSet → Ledger::commit → outcome
//! ```
//!
//! There is no I/O here, no runtime, no clock and no chance: they come in through the ports of [`port`].
//! Inside, value types ← aggregates ← [`change`] ← [`port`] ← [`use_case`].
//!
//! # A tour: the life of an invitation
//!
//! Any implementation of the ports will do; this one keeps everything in memory.
//!
//! ```
//! use std::{error::Error, sync::Arc};
//!
//! use registration_domain::{
//!     access::Access,
//!     email::Email,
//!     invitation::{Offer, Purpose, Term},
//!     organization_name::OrganizationName,
//!     permission::Permission,
//!     person_name::NamePart,
//!     platform::{Platform, Ports},
//!     refusal::Refusal,
//!     secret::Secret,
//!     session::{Device, Origin},
//!     settings::{PublicUrl, Settings},
//!     use_case::{
//!         accept_invitation::AcceptInvitation, invite::Invite, registration::Registration, set_up::SetUp,
//!     },
//!     username::Username,
//! };
//! use registration_testkit::{memory::MemoryStore, ports, stub::MemoryMailer};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn Error>> {
//! let mailer = Arc::new(MemoryMailer::default());
//! let ports = Ports { mailer: mailer.clone(), ..ports(Arc::new(MemoryStore::default())) };
//! let platform = Platform::new(ports, Settings::new(PublicUrl::parse("https://join.example.org")?));
//! let fingerprint = platform.fingerprints().fingerprint("device", b"a browser");
//! let device = Device { label: None, fingerprint, origin: Origin::default() };
//! let token_of = |link: &Secret| Secret::new(link.expose().rsplit('/').next().unwrap_or_default());
//! let person = |username, first, last| -> Result<_, Box<dyn Error>> {
//!     let (first_name, last_name) = (Some(NamePart::parse(first)?), Some(NamePart::parse(last)?));
//!     let (username, password) = (Some(Username::parse(username)?), Some(Secret::new("Sunny-river-42")));
//!     Ok(Registration { username, first_name, last_name, password, locale: None })
//! };
//!
//! // Whoever holds the link that the server prints founds the platform, once.
//! let link = platform.issue_setup_link().await?.ok_or("it is founded already")?;
//! let founding = SetUp {
//!     token: token_of(&link),
//!     organization_name: OrganizationName::parse("Acme")?,
//!     email: Email::parse("ana@example.org")?,
//!     registration: person("anaruiz", "Ana", "Ruiz")?,
//!     device: device.clone(),
//!     once: None,
//! };
//! let founded = platform.set_up(founding).await?.what;
//!
//! // Ana, its Owner, invites Ben to see who belongs, and to do nothing else.
//! let by = platform.authenticate(founded.token.expose(), Origin::default()).await?.caller();
//! let (email, term) = (Email::parse("ben@example.org")?, Term::days(7)?);
//! let offer = Offer { email, purpose: Purpose::Member, term, note: None, locale: None };
//! let access = Access::Chosen([Permission::MEMBERS_VIEW].into());
//! let organization = founded.organization.id();
//! platform.invite(Invite { by, organization, offer, access: access.clone(), once: None }).await?;
//!
//! // The mail follows the commit, and the link in it is made only now.
//! platform.deliver_mail().await?;
//! let token = token_of(&mailer.taken()[0].link);
//! assert_eq!(platform.look_up_invitation(&token).await?.organization.as_str(), "Acme");
//!
//! // Ben comes in, with exactly the access that was meant for him, and only once.
//! let registration = person("benlopez", "Ben", "López")?;
//! let accepting = AcceptInvitation { token, by: None, registration, device, once: None };
//! let joined = platform.accept_invitation(accepting.clone()).await?.what;
//! assert_eq!(joined.membership.membership.parts().access, access);
//! let refused = platform.accept_invitation(accepting).await.unwrap_err();
//! assert_eq!(refused.code(), "invitation_already_accepted");
//! # Ok(())
//! # }
//! ```
#![deny(missing_docs)]

pub mod access;
pub mod account;
pub mod audit;
pub mod catalogue;
pub mod change;
pub mod contact;
pub mod count;
pub mod device_name;
pub mod domain_name;
pub mod email;
pub mod email_change;
pub mod email_domain;
pub mod employee_code;
pub mod export;
pub mod free_mail;
pub mod id;
pub mod invitation;
pub mod join_request;
pub mod limit;
pub mod link;
pub mod locale;
pub mod membership;
pub mod message;
pub mod note;
pub mod notification;
pub mod organization;
pub mod organization_name;
pub mod page;
pub mod password;
pub mod password_reset;
pub mod permission;
pub mod permit;
pub mod person_name;
pub mod platform;
pub mod port;
pub mod receipt;
pub mod refusal;
pub mod revision;
pub mod secret;
pub mod session;
pub mod settings;
pub mod setup;
pub mod sign_in_log;
pub mod sign_up;
pub mod text;
pub mod time;
pub mod time_zone;
pub mod use_case;
pub mod username;
pub mod verification_code;
pub mod view;
mod words;
