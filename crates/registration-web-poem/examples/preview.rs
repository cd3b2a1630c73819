//! All pages on a platform in memory, to look at: `cargo run -p registration-web-poem --example preview`.
use std::{net::SocketAddr, sync::Arc};

use registration_domain::{
    platform::Platform,
    settings::{PublicUrl, Settings},
};
use registration_edge_poem::{EdgeSettings, ListenerLimits, bind, edge, serve};
use registration_testkit::{memory::MemoryStore, ports};
use registration_web_poem::{WebSettings, pages};
use tokio_util::sync::CancellationToken;

#[path = "../tests/all/scene.rs"]
mod scene;

#[tokio::main]
#[expect(clippy::print_stdout, reason = "it tells where to look")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let address: SocketAddr = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8088".into()).parse()?;
    let listener = bind(address)?;
    let listening = listener.local_addr()?;
    let url = format!("http://{listening}");
    let mut settings = Settings::new(PublicUrl::parse(&url)?);
    settings.product = "Harbour Access".into();
    settings.catalogue = scene::catalogue();
    let ports = ports(Arc::new(MemoryStore::default()));
    let ids = ports.ids.clone();
    let web = WebSettings {
        clock: ports.clock.clone(),
        ids: ids.clone(),
        mailbox: Some(Arc::new(scene::Mailbox::default())),
        mail: Some(Arc::new(scene::SampleMail::default())),
    };
    let platform = Arc::new(Platform::new(ports, settings));
    for line in scene::furnish(&platform).await {
        println!("{line}");
    }
    let new_id = Arc::new(move || ids.uuid().simple().to_string());
    let app = edge(pages(platform, web), EdgeSettings::new(url.parse()?, listening, new_id));
    serve(listener, app, ListenerLimits::default(), CancellationToken::new()).await?;
    Ok(())
}
