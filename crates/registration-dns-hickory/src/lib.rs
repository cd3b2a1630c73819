//! The port that asks DNS for the proof of a domain: anew each time, within seconds, and without a guess.
//!
//! ```
//! use registration_dns_hickory::HickoryProof;
//! use registration_domain::{
//!     domain_name::DomainName,
//!     email_domain::{ProofRecord, ProofToken},
//!     port::DomainProof,
//! };
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // Nobody listens there, and so nobody answers.
//! let nobody = std::net::UdpSocket::bind("127.0.0.1:0")?;
//! let proof = HickoryProof::asking(nobody.local_addr()?);
//! drop(nobody);
//! let record = ProofRecord::of(&DomainName::parse("acme.example")?, &ProofToken::from_bytes([7; 16]));
//! assert!(proof.texts(&record).await.is_err());
//! # Ok(())
//! # }
//! ```
use std::{fmt, net::SocketAddr, time::Duration};

use async_trait::async_trait;
use hickory_resolver::{
    Resolver, ResolverBuilder, TokioResolver,
    config::{ConnectionConfig, NameServerConfig, ResolveHosts, ResolverConfig, ResolverOpts},
    net::{DnsError, NetError, runtime::TokioRuntimeProvider},
    proto::{
        op::ResponseCode,
        rr::{Name, RData, RecordType, rdata::TXT},
    },
};
use registration_domain::{
    email_domain::ProofRecord,
    port::{DomainProof, NoAnswer},
};

/// For one server and one try.
const PATIENCE: Duration = Duration::from_secs(2);
/// For all of them.
const PATIENCE_IN_ALL: Duration = Duration::from_secs(8);

/// Asks a resolver, which asks the servers of the domain. Nothing is remembered: whoever has just published a
/// record wants it to be found, and whoever took one away must not be let in by it.
pub struct HickoryProof(Result<TokioResolver, String>);

impl HickoryProof {
    /// Asks the resolvers that the system asks, as `/etc/resolv.conf` names them. Where it names none that can be
    /// asked, there is no answer to anything.
    pub fn asking_as_the_system_does() -> Self {
        Self::built(Resolver::builder_tokio())
    }
    /// Asks this resolver, by UDP, and by TCP where an answer is long.
    pub fn asking(server: SocketAddr) -> Self {
        let with_port = |mut connection: ConnectionConfig| {
            connection.port = server.port();
            connection
        };
        let connections = vec![with_port(ConnectionConfig::udp()), with_port(ConnectionConfig::tcp())];
        let server = NameServerConfig::new(server.ip(), true, connections);
        let config = ResolverConfig::from_name_servers(vec![server]);
        Self::built(Ok(Resolver::builder_with_config(config, TokioRuntimeProvider::default())))
    }

    fn built(builder: Result<ResolverBuilder<TokioRuntimeProvider>, NetError>) -> Self {
        let resolver = builder.and_then(|mut builder| {
            forgetful(builder.options_mut());
            builder.build()
        });
        Self(resolver.map_err(|error| {
            tracing::warn!(%error, "there is no resolver to ask, so no e-mail domain can be verified");
            error.to_string()
        }))
    }
}

/// Only what the servers say now counts; what a file on this machine says does not.
fn forgetful(options: &mut ResolverOpts) {
    options.timeout = PATIENCE;
    options.attempts = 2;
    options.cache_size = 0;
    options.positive_max_ttl = Some(Duration::ZERO);
    options.negative_max_ttl = Some(Duration::ZERO);
    options.use_hosts_file = ResolveHosts::Never;
    options.try_tcp_on_error = true;
}

#[async_trait]
impl DomainProof for HickoryProof {
    async fn texts(&self, of: &ProofRecord) -> Result<Vec<String>, NoAnswer> {
        let resolver = self.0.as_ref().map_err(|why| NoAnswer(why.clone()))?;
        // With the root at its end, or the search list of this machine would be tried, too.
        let name = Name::from_ascii(format!("{}.", of.name)).map_err(|error| NoAnswer(error.to_string()))?;
        let looking = resolver.lookup(name, RecordType::TXT);
        let found = match tokio::time::timeout(PATIENCE_IN_ALL, looking).await {
            Ok(Ok(found)) => found,
            Ok(Err(error)) if is_answer(&error) => return Ok(Vec::new()),
            Ok(Err(error)) => return Err(unanswered(of, error.to_string())),
            Err(_elapsed) => return Err(unanswered(of, "it took too long".to_owned())),
        };
        // An alias that was followed, a signature: nothing else is a text.
        let texts = found.answers().iter().filter_map(|record| {
            let RData::TXT(text) = &record.data else { return None };
            Some(whole(text))
        });
        Ok(texts.collect())
    }
}

/// Whether the servers of the domain say that there is no such name, or no such record.
fn is_answer(error: &NetError) -> bool {
    let NetError::Dns(DnsError::NoRecordsFound(nothing)) = error else { return false };
    matches!(nothing.response_code, ResponseCode::NXDomain | ResponseCode::NoError)
}

fn unanswered(of: &ProofRecord, why: String) -> NoAnswer {
    tracing::info!(name = of.name, why, "DNS gave no answer about an e-mail domain");
    NoAnswer(why)
}

/// The strings of a record are one text (RFC 7208, 3.3, as everybody does it).
fn whole(text: &TXT) -> String {
    String::from_utf8_lossy(&text.txt_data.concat()).into_owned()
}

impl fmt::Debug for HickoryProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HickoryProof").field("has_resolver", &self.0.is_ok()).finish_non_exhaustive()
    }
}
