//! A name server on loopback that has what a test gave it, fails where it shall, and else says that nothing is there.
use std::{
    collections::HashMap,
    net::{SocketAddr, UdpSocket},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use hickory_proto::{
    op::{Message, MessageType, OpCode, Query, ResponseCode},
    rr::{
        Name, RData, Record, RecordType,
        rdata::{CNAME, TXT},
    },
};
use registration_testkit::contract::domain_proof::Zone;

/// What is said of a name.
#[derive(Debug, Clone)]
enum Entry {
    Texts(Vec<Vec<String>>),
    Alias(String),
    Empty,
    Failing,
    Silent,
}

/// The server; it stops as it is dropped.
#[derive(Debug)]
pub(crate) struct NameServer {
    entries: Arc<Mutex<HashMap<String, Entry>>>,
    stop: Arc<AtomicBool>,
    address: SocketAddr,
}

impl NameServer {
    pub(crate) fn start() -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").expect("a port on loopback");
        socket.set_read_timeout(Some(Duration::from_millis(50))).expect("a timeout");
        let address = socket.local_addr().expect("an address");
        let (entries, stop) = (Arc::<Mutex<HashMap<_, _>>>::default(), Arc::new(AtomicBool::new(false)));
        let (known, over) = (Arc::clone(&entries), Arc::clone(&stop));
        thread::spawn(move || {
            let mut packet = [0; 4096];
            while !over.load(Ordering::Relaxed) {
                let Ok((length, from)) = socket.recv_from(&mut packet) else { continue };
                let Ok(asked) = Message::from_vec(&packet[..length]) else { continue };
                let known = known.lock().expect("no test panicked here");
                if let Some(answer) = answer(&asked, &known) {
                    socket.send_to(&answer.to_vec().expect("a message"), from).expect("it is sent");
                }
            }
        });
        Self { entries, stop, address }
    }
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }
    /// From now on this name is an alias of that.
    pub(crate) fn alias(&self, name: &str, of: &str) {
        self.set(name, Entry::Alias(of.to_owned()));
    }
    /// From now on there is this name, and no TXT record of it.
    pub(crate) fn empty(&self, name: &str) {
        self.set(name, Entry::Empty);
    }
    /// From now on nobody answers who is asked for this name.
    pub(crate) fn silence(&self, name: &str) {
        self.set(name, Entry::Silent);
    }
    fn set(&self, name: &str, entry: Entry) {
        self.entries.lock().expect("no test panicked here").insert(name.to_owned(), entry);
    }
}

impl Zone for NameServer {
    fn publish(&self, name: &str, records: &[&[&str]]) {
        let strings = |it: &&[&str]| it.iter().map(|it| (*it).to_owned()).collect();
        self.set(name, Entry::Texts(records.iter().map(strings).collect()));
    }
    fn withdraw(&self, name: &str) {
        self.entries.lock().expect("no test panicked here").remove(name);
    }
    fn fail(&self, name: &str) {
        self.set(name, Entry::Failing);
    }
}

impl Drop for NameServer {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

fn answer(asked: &Message, entries: &HashMap<String, Entry>) -> Option<Message> {
    let query: &Query = asked.queries.first()?;
    let mut message = Message::new(asked.metadata.id, MessageType::Response, OpCode::Query);
    message.metadata.recursion_desired = true;
    message.metadata.recursion_available = true;
    message.add_query(query.clone());
    let name = plain(query.name());
    match entries.get(&name) {
        Some(Entry::Silent) => return None,
        Some(Entry::Failing) => message.metadata.response_code = ResponseCode::ServFail,
        Some(Entry::Alias(of)) => {
            let target = Name::from_ascii(format!("{of}.")).expect("a name");
            let alias = RData::CNAME(CNAME(target.clone()));
            message.add_answer(Record::from_rdata(query.name().clone(), 300, alias));
            add_texts(&mut message, &target, entries.get(of));
        }
        texts @ Some(Entry::Texts(_)) if query.query_type() == RecordType::TXT => {
            add_texts(&mut message, query.name(), texts);
        }
        Some(Entry::Empty | Entry::Texts(_)) => {}
        None => message.metadata.response_code = ResponseCode::NXDomain,
    }
    Some(message)
}

fn add_texts(message: &mut Message, name: &Name, entry: Option<&Entry>) {
    if let Some(Entry::Texts(records)) = entry {
        for strings in records {
            let text = RData::TXT(TXT::new(strings.clone()));
            // Long enough to be remembered by whoever remembers.
            message.add_answer(Record::from_rdata(name.clone(), 300, text));
        }
    }
}

fn plain(name: &Name) -> String {
    name.to_ascii().trim_end_matches('.').to_ascii_lowercase()
}
