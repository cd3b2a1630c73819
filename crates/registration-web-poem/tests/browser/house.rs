//! A furnished organization, served over HTTP by a thread of its own.
use std::{
    net::SocketAddr,
    sync::{Arc, mpsc},
    thread,
};

use registration_domain::{
    platform::Platform,
    port::MailerError,
    settings::{PublicUrl, Settings},
};
use registration_edge_poem::{EdgeSettings, ListenerLimits, bind, edge, serve};
use registration_testkit::{
    memory::MemoryStore,
    ports,
    stub::{FakeClock, FakeDns, MemoryMailer},
};
use registration_web_poem::{WebSettings, pages};
use tokio::runtime::{Builder, Runtime};
use tokio_util::sync::CancellationToken;

use crate::scene;

/// Where it is, and what is in it.
pub(crate) struct House {
    pub(crate) url: String,
    pub(crate) clock: Arc<FakeClock>,
    platform: Arc<Platform>,
    pub(crate) dns: Arc<FakeDns>,
    mailer: Arc<MemoryMailer>,
    lines: Vec<String>,
    shutdown: CancellationToken,
}

impl House {
    /// As the scene furnishes it, see [`scene::furnish`].
    pub(crate) fn furnished() -> Self {
        let mut house = Self::empty();
        house.lines = house.act(async |platform| scene::furnish(platform).await);
        house
    }
    /// Nobody owns it yet.
    pub(crate) fn empty() -> Self {
        Self::of(|_| {})
    }
    /// The same, of other choices.
    pub(crate) fn of(choose: impl FnOnce(&mut Settings) + Send + 'static) -> Self {
        let (tell, told) = mpsc::channel();
        let shutdown = CancellationToken::new();
        let until = shutdown.clone();
        thread::spawn(move || {
            runtime().block_on(async {
                let listener = bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
                let listening = listener.local_addr().unwrap();
                let url = format!("http://{listening}");
                let mut settings = Settings::new(PublicUrl::parse(&url).unwrap());
                settings.product = "Harbour Access".into();
                settings.catalogue = scene::catalogue();
                choose(&mut settings);
                let mut ports = ports(Arc::new(MemoryStore::default()));
                let (clock, mailer) = (Arc::new(FakeClock::default()), Arc::new(MemoryMailer::default()));
                (ports.clock, ports.mailer) = (clock.clone(), mailer.clone());
                let dns = Arc::new(FakeDns::default());
                ports.domain_proof = dns.clone();
                let ids = ports.ids.clone();
                let web = WebSettings {
                    clock: clock.clone(),
                    ids: ids.clone(),
                    mailbox: Some(Arc::new(scene::Mailbox::default())),
                    mail: Some(Arc::new(scene::SampleMail::default())),
                };
                let platform = Arc::new(Platform::new(ports, settings));
                let new_id = Arc::new(move || ids.uuid().simple().to_string());
                let edge_settings = EdgeSettings::new(url.parse().unwrap(), listening, new_id);
                tell.send((url, clock, platform.clone(), mailer, dns)).unwrap();
                let app = edge(pages(platform, web), edge_settings);
                serve(listener, app, ListenerLimits::default(), until).await.unwrap();
            });
        });
        let (url, clock, platform, mailer, dns) = told.recv().unwrap();
        Self { url, clock, dns, platform, mailer, lines: Vec::new(), shutdown }
    }

    /// What the scene put under this word: the path of the `organization`, of the `open` invitation and so on.
    #[track_caller]
    pub(crate) fn path(&self, word: &str) -> &str {
        let found = self.lines.iter().find_map(|it| it.strip_prefix(word)?.strip_prefix(' '));
        found.unwrap_or_else(|| panic!("the scene has nothing under {word:?}: {:?}", self.lines))
    }
    /// Does something by the platform's verbs, which no page is needed for.
    pub(crate) fn act<T>(&self, act: impl AsyncFnOnce(&Platform) -> T) -> T {
        runtime().block_on(act(&self.platform))
    }
    /// The code of the newest mail, once all that wait are sent.
    pub(crate) fn mailed_code(&self) -> String {
        self.deliver(None);
        let codes = self.mailer.taken().into_iter().rev().find_map(|it| it.code);
        codes.expect("a mail with a code").expose().to_owned()
    }
    /// The path of the link in the newest mail.
    pub(crate) fn mailed_path(&self) -> String {
        self.deliver(None);
        let mail = self.mailer.taken().pop().expect("a mail");
        mail.link.expose().strip_prefix(&self.url).expect("a link that leads here").to_owned()
    }
    /// Sends the mails that wait; the mail server answers the first of them so.
    pub(crate) fn deliver(&self, first: Option<MailerError>) {
        if let Some(error) = first {
            self.mailer.answer_next(Err(error));
        }
        self.act(async |platform| while platform.deliver_mail().await.unwrap() > 0 {});
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.shutdown.cancel();
    }
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}
