//! Mails are kept instead of sent, and a mail server says what a test wants it to say.
use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use async_trait::async_trait;
use registration_domain::port::{Mail, Mailer, MailerError};

/// A mailer that keeps what it took.
///
/// ```
/// use registration_domain::port::MailerError;
/// use registration_testkit::stub::MemoryMailer;
///
/// let mailer = MemoryMailer::default();
/// mailer.answer_next(Err(MailerError::NotNow("421 try later".into())));
/// assert!(mailer.taken().is_empty());
/// ```
#[derive(Debug, Default)]
pub struct MemoryMailer {
    taken: Mutex<Vec<Mail>>,
    answers: Mutex<VecDeque<Result<String, MailerError>>>,
}

impl MemoryMailer {
    /// Gives this answer to the next mail that has none yet; without one a mail is taken.
    pub fn answer_next(&self, answer: Result<String, MailerError>) {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner).push_back(answer);
    }
    /// The mails that were taken, in their order.
    pub fn taken(&self) -> Vec<Mail> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[async_trait]
impl Mailer for MemoryMailer {
    async fn send(&self, mail: &Mail) -> Result<String, MailerError> {
        let scripted = self.answers.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        let reply = scripted.unwrap_or_else(|| Ok("250 taken".into()))?;
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).push(mail.clone());
        Ok(reply)
    }
}
