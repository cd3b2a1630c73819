//! The pages: the product in a browser, rendered here, and whole without JavaScript.
//!
//! Every page calls the same verbs as the API, and no rule lives here. A request is a [`Visit`](visit::Visit):
//! who comes, in which language, with which form. What goes wrong on the way is a
//! [`Failure`](failure::Failure), and a page too.
//!
//! ```
//! use std::sync::Arc;
//!
//! use poem::Route;
//! use registration_domain::{platform::Platform, settings::{PublicUrl, Settings}};
//! use registration_testkit::{memory::MemoryStore, ports};
//! use registration_web_poem::{WebSettings, pages};
//!
//! let ports = ports(Arc::new(MemoryStore::default()));
//! let (clock, ids) = (ports.clock.clone(), ports.ids.clone());
//! let settings = WebSettings { clock, ids, mailbox: None, mail: None };
//! let chosen = Settings::new(PublicUrl::parse("https://join.example.org")?);
//! let app = Route::new().nest("/", pages(Arc::new(Platform::new(ports, chosen)), settings));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
mod access;
mod assets;
mod code_field;
mod failure;
mod form;
mod listing;
mod mailbox;
mod outgoing_mail;
mod pages;
mod person;
mod place;
mod registration;
mod settings;
mod shell;
mod visit;
mod words;

pub use mailbox::{DevelopmentMailbox, KeptLetter, KeptMail, MailSearch, MailboxError};
pub use outgoing_mail::{OutgoingMail, OutgoingRoute};
pub use pages::pages;
pub use settings::WebSettings;
