//! What both driving adapters stand on: listener, limits, client address, request ids, headers, access log.
