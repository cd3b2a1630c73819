//! A furnished organization, served over HTTP by a thread of its own.
use std::{
    net::SocketAddr,
    sync::{Arc, mpsc},
    thread,
};

use registration_domain::{
    platform::Platform,
    settings::{PublicUrl, Settings},
};
use registration_edge_poem::{EdgeSettings, ListenerLimits, bind, edge, serve};
use registration_testkit::{memory::MemoryStore, ports};
use registration_web_poem::{WebSettings, pages};
use tokio_util::sync::CancellationToken;

use crate::scene;

/// Where it is, and what is in it.
pub(crate) struct House {
    pub(crate) url: String,
    /// Of the organization.
    pub(crate) place: String,
    /// Of an open invitation, a revoked one, and a declined one.
    pub(crate) links: Vec<String>,
    shutdown: CancellationToken,
}

impl House {
    pub(crate) fn open() -> Self {
        let (tell, told) = mpsc::channel();
        let shutdown = CancellationToken::new();
        let until = shutdown.clone();
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
                let listening = listener.local_addr().unwrap();
                let url = format!("http://{listening}");
                let mut settings = Settings::new(PublicUrl::parse(&url).unwrap());
                settings.product = "Harbour Access".into();
                settings.catalogue = scene::catalogue();
                let ports = ports(Arc::new(MemoryStore::default()));
                let (clock, ids) = (ports.clock.clone(), ports.ids.clone());
                let web = WebSettings { clock, ids: ids.clone(), mailbox: Some(Arc::new(scene::Mailbox)) };
                let platform = Arc::new(Platform::new(ports, settings));
                let lines = scene::furnish(&platform).await;
                let new_id = Arc::new(move || ids.uuid().simple().to_string());
                let edge_settings = EdgeSettings::new(url.parse().unwrap(), listening, new_id);
                tell.send((url, lines)).unwrap();
                let app = edge(pages(platform, web), edge_settings);
                serve(listener, app, ListenerLimits::default(), until).await.unwrap();
            });
        });
        let (url, lines) = told.recv().unwrap();
        let path = |word: &str| lines.iter().find_map(|it| it.strip_prefix(word)).unwrap().trim().to_owned();
        let links = ["open", "revoked", "declined"].map(path).into();
        Self { place: path("organization"), links, url, shutdown }
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.shutdown.cancel();
    }
}
