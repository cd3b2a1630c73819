//! The promises of the port, kept by each way by which mail leaves.
#![expect(clippy::unused_async, reason = "the contracts await whatever makes a fresh adapter")]

use std::sync::Arc;

use registration_domain::port::Mailer;
use registration_mail_lettre::{LettreMailer, MailSettings};
use tempfile::TempDir;

use crate::scene::settings;

type Fresh = (Arc<dyn Mailer>, TempDir);

fn fresh(settings: &MailSettings, directory: TempDir) -> Fresh {
    (Arc::new(LettreMailer::connect(settings).unwrap()), directory)
}

fn in_a_directory(scheme: &str) -> Fresh {
    let directory = tempfile::tempdir().unwrap();
    fresh(&settings(&format!("{scheme}:{}", directory.path().display())), directory)
}

mod mailbox {
    async fn fresh() -> super::Fresh {
        super::in_a_directory("mailbox")
    }
    registration_testkit::mailer_contract!(fresh);
}

mod file {
    async fn fresh() -> super::Fresh {
        super::in_a_directory("file")
    }
    registration_testkit::mailer_contract!(fresh);
}

mod smtp {
    use registration_testkit::servers::SmtpServer;

    async fn fresh() -> super::Fresh {
        let server = SmtpServer::of_the_run();
        super::fresh(&crate::smtp::starttls(&server), tempfile::tempdir().unwrap())
    }
    registration_testkit::mailer_contract!(fresh);
}
