//! The development mailbox: all processes that share its directory see the same mails, newest first.
mod bounces;
mod message;

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use registration_domain::email::Email;
use tokio::{
    sync::Notify,
    time::{Instant, sleep_until},
};
use uuid::Uuid;

use crate::file::{make_directory, off_the_runtime, write};

pub use message::MailboxMessage;

/// The mails in a directory: `TIME-ID.eml` as it would have been sent, and `TIME-ID.json`, which is there last.
///
/// Clones are the same mailbox.
#[derive(Debug, Clone)]
pub struct Mailbox {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    directory: PathBuf,
    /// What was read before, by name; files do not change.
    known: Mutex<BTreeMap<String, Arc<MailboxMessage>>>,
    /// A mail arrived by this process.
    arrived: Notify,
}

/// How soon mail that another process kept is seen.
const GLANCE: Duration = Duration::from_millis(50);

impl Mailbox {
    /// Opens the mailbox in this directory, and makes it if it is not there, for its owner only.
    ///
    /// # Errors
    /// Where the directory cannot be made.
    pub fn open(directory: &Path) -> io::Result<Self> {
        make_directory(directory)?;
        let shared =
            Shared { directory: directory.to_owned(), known: Mutex::default(), arrived: Notify::new() };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// The mails, newest first; with an address, those to that mailbox, however it is spelled.
    ///
    /// # Errors
    /// Where the directory cannot be read.
    pub async fn list(&self, to: Option<&str>) -> io::Result<Vec<MailboxMessage>> {
        let to = to.map(Email::parse);
        let all = self.read().await?;
        let is_asked_for = |it: &MailboxMessage| match &to {
            None => true,
            Some(Ok(to)) => Email::parse(&it.to).is_ok_and(|it| it.is_same_mailbox(to)),
            Some(Err(_)) => false,
        };
        Ok(all.into_iter().rev().filter(|it| is_asked_for(it)).map(|it| (*it).clone()).collect())
    }

    /// The same, as soon as there is one, or empty at the deadline.
    ///
    /// # Errors
    /// Where the directory cannot be read.
    pub async fn wait_for(&self, to: Option<&str>, deadline: Instant) -> io::Result<Vec<MailboxMessage>> {
        loop {
            // Before looking, so that what arrives meanwhile is not missed.
            let arrived = self.shared.arrived.notified();
            let found = self.list(to).await?;
            let now = Instant::now();
            if !found.is_empty() || now >= deadline {
                return Ok(found);
            }
            tokio::select! {
                () = arrived => {}
                () = sleep_until(deadline.min(now + GLANCE)) => {}
            }
        }
    }

    /// A mail as it would have been sent; nothing for an id that no mail here has.
    ///
    /// # Errors
    /// Where its file cannot be read.
    pub async fn eml(&self, id: &str) -> io::Result<Option<Vec<u8>>> {
        // Only an id becomes part of a path.
        let Ok(id) = Uuid::try_parse(id) else { return Ok(None) };
        self.read().await?;
        let name = self.lock().iter().find(|(_, it)| it.id == id.to_string()).map(|(name, _)| name.clone());
        let Some(name) = name else { return Ok(None) };
        let path = self.shared.directory.join(format!("{name}.eml"));
        off_the_runtime(move || found(fs::read(path))).await
    }

    /// Removes every mail.
    ///
    /// # Errors
    /// Where one cannot be removed.
    pub async fn clear(&self) -> io::Result<()> {
        let directory = self.shared.directory.clone();
        let cleared = off_the_runtime(move || {
            for name in names(&directory)? {
                // First what makes it a mail.
                for extension in ["json", "eml"] {
                    found(fs::remove_file(directory.join(format!("{name}.{extension}"))))?;
                }
            }
            Ok(())
        });
        cleared.await?;
        self.lock().clear();
        Ok(())
    }

    pub(crate) async fn keep(
        &self,
        name: String,
        message: MailboxMessage,
        eml: Vec<u8>,
    ) -> io::Result<String> {
        let directory = self.shared.directory.clone();
        let json = serde_json::to_vec_pretty(&message)?;
        let kept = off_the_runtime(move || {
            write(&directory, &format!("{name}.eml"), &eml)?;
            write(&directory, &format!("{name}.json"), &json)?;
            Ok(name)
        });
        let name = kept.await?;
        self.shared.arrived.notify_waiters();
        Ok(name)
    }

    /// Oldest first. Only what was not seen before is read from the disk.
    async fn read(&self) -> io::Result<Vec<Arc<MailboxMessage>>> {
        let mailbox = self.clone();
        off_the_runtime(move || {
            let directory = &mailbox.shared.directory;
            let names = names(directory)?;
            let mut known = mailbox.lock();
            known.retain(|name, _| names.binary_search(name).is_ok());
            for name in names {
                if known.contains_key(&name) {
                    continue;
                }
                // Somebody may have cleared the mailbox meanwhile.
                if let Some(json) = found(fs::read(directory.join(format!("{name}.json"))))? {
                    known.insert(name, Arc::new(serde_json::from_slice(&json)?));
                }
            }
            Ok(known.values().cloned().collect())
        })
        .await
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Arc<MailboxMessage>>> {
        self.shared.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The names of the mails, sorted; other files are none of ours.
fn names(directory: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(directory)? {
        let name = entry?.file_name();
        if let Some(name) = name.to_str().and_then(|it| it.strip_suffix(".json")).filter(|it| is_name(it)) {
            names.push(name.to_owned());
        }
    }
    names.sort_unstable();
    Ok(names)
}

/// Twenty digits and an id, as the mailer names files.
fn is_name(text: &str) -> bool {
    text.split_once('-').is_some_and(|(micros, id)| {
        micros.len() == 20 && micros.bytes().all(|b| b.is_ascii_digit()) && Uuid::try_parse(id).is_ok()
    })
}

/// Nothing where there is no such file.
fn found<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(it) => Ok(Some(it)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
