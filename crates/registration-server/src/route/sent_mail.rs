//! The page about e-mail learns from the mailer where mail goes, and has it send a sample.
use std::sync::Arc;

use async_trait::async_trait;
use registration_crypto_rustcrypto::UuidV7Ids;
use registration_domain::{
    email::Email,
    port::{Mailer, MailerError},
    secret::Secret,
};
use registration_mail_lettre::{LettreMailer, MailRoute, samples};
use registration_web_poem::{OutgoingMail, OutgoingRoute};

use crate::composition::Composition;

/// What the page asks, answered by the mailer itself: what the outbox holds waits for nobody here.
pub(crate) struct SentMail {
    pub(crate) mailer: Arc<LettreMailer>,
    pub(crate) composition: Composition,
}

#[async_trait]
impl OutgoingMail for SentMail {
    fn route(&self) -> OutgoingRoute {
        match self.mailer.route().clone() {
            MailRoute::Server { host, port, has_tls } => OutgoingRoute::Server { host, port, has_tls },
            MailRoute::Files => OutgoingRoute::Files,
            MailRoute::Mailbox => OutgoingRoute::Mailbox,
        }
    }
    fn sender(&self) -> String {
        self.mailer.sender()
    }
    async fn send_sample(&self, to: &Email) -> Result<String, MailerError> {
        let Composition { platform, clock, .. } = &self.composition;
        let nowhere = Secret::new(platform.settings().public_url.to("/"));
        let sample = samples(to, clock.now(), &nowhere, &UuidV7Ids).into_iter().next();
        let sample = sample.ok_or_else(|| MailerError::Refused("there is no sample".into()))?;
        self.mailer.send(&sample).await
    }
}
