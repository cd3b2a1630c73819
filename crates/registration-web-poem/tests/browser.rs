//! The pages in Debian's Chromium: light and dark, narrow and wide, with JavaScript and without. Run them by
//! `cargo xtask test`.
#[path = "browser/driver.rs"]
mod driver;
#[path = "browser/house.rs"]
mod house;
#[path = "browser/keyboard.rs"]
mod keyboard;
#[path = "all/scene.rs"]
mod scene;
#[path = "browser/walk.rs"]
mod walk;
