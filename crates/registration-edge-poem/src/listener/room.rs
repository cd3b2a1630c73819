//! There is room for so many connections in all, and for so many of one peer.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::ListenerLimits;
use crate::client_address::{ClientAddress, ClientKey, TrustedProxies};

pub(super) struct Room {
    places: Arc<Semaphore>,
    of_one_peer: usize,
    proxies: TrustedProxies,
    peers: Peers,
}

/// How many seats each peer has that is counted.
type Peers = Arc<Mutex<HashMap<ClientKey, usize>>>;

/// A connection's place in the room, given back when it is dropped.
pub(super) struct Seat {
    _place: OwnedSemaphorePermit,
    counted: Option<(ClientKey, Peers)>,
}

impl Room {
    pub(super) fn new(limits: &ListenerLimits) -> Self {
        Self {
            places: Arc::new(Semaphore::new(limits.connections.clamp(1, Semaphore::MAX_PERMITS))),
            of_one_peer: limits.connections_of_one_peer,
            proxies: limits.trusted_proxies.clone(),
            peers: Arc::default(),
        }
    }

    /// Waits until there is a place.
    pub(super) async fn place(&self) -> OwnedSemaphorePermit {
        match Arc::clone(&self.places).acquire_owned().await {
            Ok(place) => place,
            // Nobody closes the semaphore; if somebody did, there would be no place ever again.
            Err(_) => std::future::pending().await,
        }
    }

    /// The place as this peer's, unless it has its share already.
    pub(super) fn seat(&self, place: OwnedSemaphorePermit, peer: IpAddr) -> Option<Seat> {
        let client = ClientAddress::new(peer);
        if client.is_loopback() || self.proxies.trust(client.ip()) {
            return Some(Seat { _place: place, counted: None });
        }
        let key = client.key();
        let mut peers = self.peers.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = peers.get(&key).copied().unwrap_or(0);
        if taken >= self.of_one_peer {
            return None;
        }
        peers.insert(key, taken + 1);
        Some(Seat { _place: place, counted: Some((key, Arc::clone(&self.peers))) })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let Some((key, peers)) = &self.counted else { return };
        let mut peers = peers.lock().unwrap_or_else(PoisonError::into_inner);
        match peers.get_mut(key) {
            Some(taken) if *taken > 1 => *taken -= 1,
            _ => drop(peers.remove(key)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(of_one_peer: usize) -> Room {
        Room::new(&ListenerLimits { connections_of_one_peer: of_one_peer, ..ListenerLimits::default() })
    }

    async fn seat(room: &Room, peer: &str) -> Option<Seat> {
        room.seat(room.place().await, peer.parse().unwrap())
    }

    #[tokio::test]
    async fn a_peer_has_its_share_and_gets_it_back() {
        let room = room(2);
        let first = seat(&room, "192.0.2.1").await.unwrap();
        let _second = seat(&room, "192.0.2.1").await.unwrap();
        assert!(seat(&room, "192.0.2.1").await.is_none());
        assert!(seat(&room, "192.0.2.2").await.is_some(), "another peer has a share of its own");
        drop(first);
        assert!(seat(&room, "192.0.2.1").await.is_some());
    }

    #[tokio::test]
    async fn a_whole_ipv6_network_is_one_peer() {
        let room = room(1);
        let _first = seat(&room, "2001:db8::1").await.unwrap();
        assert!(seat(&room, "2001:db8::2").await.is_none());
    }

    #[tokio::test]
    async fn loopback_and_proxies_are_not_counted() {
        let mut room = room(0);
        room.proxies.networks = vec!["10.0.0.0/8".parse().unwrap()];
        assert!(seat(&room, "127.0.0.1").await.is_some());
        assert!(seat(&room, "10.1.1.1").await.is_some());
        assert!(seat(&room, "192.0.2.1").await.is_none());
    }
}
