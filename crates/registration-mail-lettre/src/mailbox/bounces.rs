//! Mail to an address that bounces is refused as a mail server refuses it, so that one can see what follows.
use std::{collections::BTreeSet, fs, io, path::Path};

use registration_domain::email::Email;

use super::{Mailbox, found};
use crate::file::{off_the_runtime, write};

/// Beside the mails; its name is no mail's.
const FILE: &str = "bounces.json";

impl Mailbox {
    /// The addresses that bounce, in their order.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub async fn bounces(&self) -> io::Result<Vec<String>> {
        let directory = self.shared.directory.clone();
        off_the_runtime(move || Ok(read(&directory)?.into_iter().collect())).await
    }

    /// From the next mail on, this address bounces, or does no longer.
    ///
    /// # Errors
    /// Where that cannot be written.
    pub async fn set_bounce(&self, to: &Email, bounces: bool) -> io::Result<()> {
        let (directory, address) = (self.shared.directory.clone(), to.canonical().to_owned());
        let written = off_the_runtime(move || {
            let mut all = read(&directory)?;
            if bounces {
                all.insert(address)
            } else {
                all.remove(&address)
            };
            write(&directory, FILE, &serde_json::to_vec_pretty(&all)?)
        });
        written.await
    }

    /// What a server would answer that has no such mailbox, where this address bounces.
    pub(crate) async fn refusal(&self, to: &Email) -> io::Result<Option<String>> {
        let bounces = self.bounces().await?.iter().any(|it| it == to.canonical());
        Ok(bounces.then(|| format!("550 5.1.1 <{to}>: this mailbox does not exist")))
    }
}

fn read(directory: &Path) -> io::Result<BTreeSet<String>> {
    match found(fs::read(directory.join(FILE)))? {
        Some(json) => Ok(serde_json::from_slice(&json)?),
        None => Ok(BTreeSet::new()),
    }
}
