//! The pages against the platform in memory: each page in each state, and every attack that a browser can carry.
#[path = "all/scene.rs"]
mod scene;

#[path = "all/support.rs"]
mod support;

#[path = "all/address.rs"]
mod address;
#[path = "all/catalogue.rs"]
mod catalogue;
#[path = "all/closing.rs"]
mod closing;
#[path = "all/codes.rs"]
mod codes;
#[path = "all/domains.rs"]
mod domains;
#[path = "all/entry.rs"]
mod entry;
#[path = "all/forms.rs"]
mod forms;
#[path = "all/headers.rs"]
mod headers;
#[path = "all/invitation.rs"]
mod invitation;
#[path = "all/joining.rs"]
mod joining;
#[path = "all/look.rs"]
mod look;
#[path = "all/mailbox.rs"]
mod mailbox;
#[path = "all/managing.rs"]
mod managing;
#[path = "all/me.rs"]
mod me;
#[path = "all/platform.rs"]
mod platform;
#[path = "all/reviewing.rs"]
mod reviewing;
#[path = "all/security.rs"]
mod security;
#[path = "all/sign_up.rs"]
mod sign_up;
#[path = "all/users.rs"]
mod users;
