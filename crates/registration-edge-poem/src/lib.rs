//! What both driving adapters stand on: listener, limits, client address, request ids, headers, access log.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use poem::{Route, endpoint::make_sync, get};
//! use registration_edge_poem::{EdgeSettings, ListenerLimits, bind, edge, serve};
//! use std::sync::{Arc, atomic::{AtomicU64, Ordering}};
//! use tokio_util::sync::CancellationToken;
//!
//! let listener = bind("127.0.0.1:0".parse()?)?;
//! let listening = listener.local_addr()?;
//! let count = AtomicU64::new(0);
//! let new_request_id = Arc::new(move || format!("r{}", count.fetch_add(1, Ordering::Relaxed)));
//! let settings = EdgeSettings::new(format!("http://{listening}").parse()?, listening, new_request_id);
//! let app = edge(Route::new().at("/livez", get(make_sync(|_| "alive"))), settings);
//! let shutdown = CancellationToken::new();
//! # shutdown.cancel();
//! serve(listener, app, ListenerLimits::default(), shutdown).await?;
//! # Ok(())
//! # }
//! ```

pub mod access_log;
pub mod body_limit;
pub mod client_address;
pub mod csv;
pub mod flood;
pub mod host;
pub mod listener;
pub mod problem;
pub mod public_url;
pub mod request_id;
pub mod route;
pub mod security_headers;
pub mod settle;
pub mod stack;
pub mod unreadable;

pub use client_address::ClientAddress;
pub use listener::{ListenerLimits, bind, serve};
pub use problem::{FieldProblem, ProblemBody};
pub use public_url::PublicUrl;
pub use request_id::RequestId;
pub use stack::{EdgeSettings, edge};
