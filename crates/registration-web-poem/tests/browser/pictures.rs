//! The pictures of the README and of the book are of the pages as they are: `cargo xtask screenshots` takes them anew.
use std::{
    env, fs,
    path::{Path, PathBuf},
};

use crate::{
    house::House,
    walk::{Walk, walk},
};

/// Where pictures go, if they are wanted: without it the pages are looked at, and nothing is written.
const WANTED: &str = "TEST_PICTURES";
const WIDTH: u32 = 1_120;

#[test]
fn every_page_that_the_book_shows_is_there_to_be_taken() {
    walk(House::furnished, |walk| {
        walk.open(walk.house.path("open"));
        take(walk, "invitation", "Ana Ruiz invites you to join Acme GmbH.", 820);
        walk.sign_in("ana");
        walk.house.act(async |platform| while platform.deliver_mail().await.unwrap() > 0 {});
        open_in_place(walk, "/users");
        take(walk, "user-management", "Bo Lindqvist", 860);
        open_in_place(walk, "/users?q=weiss");
        walk.driver.follow(".actions a[href$=permissions]");
        take(walk, "manage-permissions", "Permissions of Dana Weiss", 1_000);
        walk.open("/dev/mailbox/m1");
        take(walk, "mailbox", "Nothing here was delivered.", 860);
    });
}

#[test]
fn every_picture_that_is_shown_exists_and_every_one_that_exists_is_shown() {
    let root = root();
    let texts = ["README.md", "docs/src/introduction.md", "docs/src/explanation/pages.md"];
    let shown = texts.map(|it| fs::read_to_string(root.join(it)).unwrap_or_default()).concat();
    let mut pictures = 0;
    for entry in fs::read_dir(root.join("docs/src/screenshots")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(shown.contains(&format!("screenshots/{name}")), "{name} is shown nowhere");
        pictures += 1;
    }
    assert!(pictures > 0);
    for name in shown.split("screenshots/").skip(1).filter_map(|it| it.split(['"', ')', ' ']).next()) {
        let is_picture = Path::new(name).extension().is_some_and(|it| it == "png");
        assert!(!is_picture || root.join("docs/src/screenshots").join(name).is_file(), "{name} is missing");
    }
}

fn open_in_place(walk: &Walk, path: &str) {
    walk.open(&format!("{}{path}", walk.house.path("organization")));
}

/// A picture of this page in light and in dark, where pictures are wanted.
#[track_caller]
fn take(walk: &Walk, name: &str, words: &str, height: u32) {
    let text = walk.driver.text();
    assert!(text.contains(words), "{words:?} is not on the page of {name}:\n{text}");
    let Some(folder) = env::var_os(WANTED).filter(|_| walk.has_scripts) else { return };
    for scheme in ["light", "dark"] {
        let picture = walk.driver.picture(WIDTH, height, scheme);
        fs::write(Path::new(&folder).join(format!("{name}-{scheme}.png")), picture).unwrap();
    }
    walk.driver.look(1_280, "light");
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
