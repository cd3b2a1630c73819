//! What the pages stand on besides the platform.
use std::{fmt, sync::Arc};

use registration_domain::port::{Clock, Ids};

use crate::{mailbox::DevelopmentMailbox, outgoing_mail::OutgoingMail};

/// What the pages stand on besides the platform.
#[derive(Clone)]
pub struct WebSettings {
    /// The platform's own clock: what is shown as expired is what the rules hold for expired.
    pub clock: Arc<dyn Clock>,
    /// The platform's own ids: every form has one, so that sent twice it acts once.
    pub ids: Arc<dyn Ids>,
    /// Where mail is kept instead of being sent, if it is; on loopback only.
    pub mailbox: Option<Arc<dyn DevelopmentMailbox>>,
    /// How mail leaves, to be shown to the platform's administrators and tried by them.
    pub mail: Option<Arc<dyn OutgoingMail>>,
}

impl fmt::Debug for WebSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebSettings").field("mailbox", &self.mailbox.is_some()).finish_non_exhaustive()
    }
}
