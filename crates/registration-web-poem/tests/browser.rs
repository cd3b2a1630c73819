//! The pages in Debian's Chromium: light and dark, narrow and wide, with JavaScript and without. Run them by
//! `cargo xtask test`. A journey is a file; what it goes through and looks at the pages with is `browser/walk.rs`.
#[path = "browser/driver.rs"]
mod driver;
#[path = "browser/house.rs"]
mod house;
#[path = "browser/look.rs"]
mod look;
#[path = "all/scene.rs"]
mod scene;
#[path = "browser/walk.rs"]
mod walk;

#[path = "browser/belonging.rs"]
mod belonging;
#[path = "browser/domains.rs"]
mod domains;
#[path = "browser/inviting.rs"]
mod inviting;
#[path = "browser/joining.rs"]
mod joining;
#[path = "browser/keyboard.rs"]
mod keyboard;
#[path = "browser/mailbox.rs"]
mod mailbox;
#[path = "browser/managing.rs"]
mod managing;
#[path = "browser/own.rs"]
mod own;
#[path = "browser/pictures.rs"]
mod pictures;
#[path = "browser/requests.rs"]
mod requests;
#[path = "browser/security.rs"]
mod security;
#[path = "browser/sign_up.rs"]
mod sign_up;
