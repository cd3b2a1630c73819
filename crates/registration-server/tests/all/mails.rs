//! Where a test reads the mails that people got: in the development mailbox, or from the SMTP server's files.
use std::{
    fs,
    path::{Path, PathBuf},
    thread::sleep,
    time::Duration,
};

use tokio::time::Instant;

use super::client::Client;

/// A machine that builds at the same time is slow.
const PATIENCE: Duration = Duration::from_mins(1);

#[derive(Clone)]
pub(crate) enum Mails {
    Mailbox(Client),
    Sink(PathBuf),
}

impl Mails {
    /// The tokens of all invitation links that this address got, oldest first, once there are so many.
    #[track_caller]
    pub(crate) fn tokens(&self, to: &str, count: usize) -> Vec<String> {
        self.links(to, "/i/", count)
    }
    #[track_caller]
    fn links(&self, to: &str, path: &str, count: usize) -> Vec<String> {
        let end = Instant::now() + PATIENCE;
        loop {
            let tokens: Vec<_> = self.texts(to).iter().filter_map(|text| token(text, path)).collect();
            if tokens.len() >= count {
                return tokens;
            }
            assert!(Instant::now() < end, "{} of {count} links to {path} arrived at {to}", tokens.len());
            // waits for: the worker, and the mail server
            sleep(Duration::from_millis(20));
        }
    }
    /// The same of links that set a new password.
    #[track_caller]
    pub(crate) fn reset_tokens(&self, to: &str, count: usize) -> Vec<String> {
        self.links(to, "/r/", count)
    }
    /// Of the newest.
    #[track_caller]
    pub(crate) fn token(&self, to: &str) -> String {
        self.tokens(to, 1).pop().expect("there is one")
    }
    /// The codes that were mailed to this address to sign up, oldest first, once there are so many.
    #[track_caller]
    pub(crate) fn codes(&self, to: &str, count: usize) -> Vec<String> {
        let end = Instant::now() + PATIENCE;
        loop {
            let codes: Vec<_> = self.texts(to).iter().filter_map(|text| code(text)).collect();
            if codes.len() >= count {
                return codes;
            }
            assert!(Instant::now() < end, "{} of {count} codes arrived at {to}", codes.len());
            // waits for: the worker, and the mail server
            sleep(Duration::from_millis(20));
        }
    }
    /// The newest of them.
    #[track_caller]
    pub(crate) fn code(&self, to: &str) -> String {
        self.codes(to, 1).pop().expect("there is one")
    }
    /// Waits for a mail that says this.
    #[track_caller]
    pub(crate) fn says(&self, to: &str, part: &str) {
        let end = Instant::now() + PATIENCE;
        while !self.texts(to).iter().any(|text| text.contains(part)) {
            assert!(Instant::now() < end, "no mail to {to} says {part:?}: {:?}", self.texts(to));
            // waits for: the worker, and the mail server
            sleep(Duration::from_millis(20));
        }
    }

    /// What all mails to an address say, oldest first.
    fn texts(&self, to: &str) -> Vec<String> {
        match self {
            Self::Mailbox(client) => {
                let answer =
                    client.get(&format!("/dev/mailbox/messages?to={}&wait=1", encoded(to))).expect(200);
                let messages = answer.body["data"].as_array().expect("a list");
                let text = |it: &serde_json::Value| {
                    Some(format!("{}\n{}", it["subject"].as_str()?, it["text"].as_str()?))
                };
                messages.iter().rev().filter_map(text).collect()
            }
            Self::Sink(folder) => received(folder, to),
        }
    }
}

fn received(folder: &Path, to: &str) -> Vec<String> {
    let files = fs::read_dir(folder).expect("the sink's folder").filter_map(|it| Some(it.ok()?.path()));
    let mut envelopes: Vec<_> = files.filter(|it| it.extension().is_some_and(|it| it == "json")).collect();
    envelopes.sort();
    let is_for = |path: &PathBuf| fs::read_to_string(path).is_ok_and(|it| it.contains(&format!("\"{to}\"")));
    let texts = envelopes.into_iter().filter(is_for).map(|path| {
        let raw = String::from_utf8_lossy(&fs::read(path.with_extension("eml")).expect("it comes first"))
            .into_owned();
        // Quoted-printable, as far as links and plain words need it.
        raw.replace("=\r\n", "").replace("=3D", "=")
    });
    texts.collect()
}

/// The last segment of a link.
fn token(text: &str, path: &str) -> Option<String> {
    let (_, rest) = text.split_once(path)?;
    Some(rest.chars().take_while(|it| it.is_ascii_alphanumeric() || "-_".contains(*it)).collect())
}

/// What the subject begins with.
fn code(text: &str) -> Option<String> {
    let (before, _) = text.split_once(" is your ")?;
    let code = before.get(before.len().checked_sub(6)?..)?;
    code.bytes().all(|it| it.is_ascii_digit()).then(|| code.to_owned())
}

fn encoded(address: &str) -> String {
    address.replace('+', "%2B").replace('@', "%40")
}
