//! The edge as clients meet it: real sockets on loopback, raw bytes, and what comes back.

mod all {
    mod access_log;
    mod bodies;
    mod client_addresses;
    mod connections;
    mod floods;
    mod headers;
    mod http2;
    mod problems;
    mod request_ids;
    mod stopping;
    mod support;
}
