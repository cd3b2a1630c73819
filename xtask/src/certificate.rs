//! A CA and a leaf below it: TLS libraries refuse a CA's own certificate as a server's.
use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Result;

use crate::tool;

pub(crate) struct Certificates {
    pub(crate) ca: PathBuf,
    pub(crate) leaf: PathBuf,
    pub(crate) key: PathBuf,
}

/// For 127.0.0.1 and localhost, for a day.
pub(crate) fn make(directory: &Path) -> Result<Certificates> {
    let path = |name: &str| directory.join(name);
    let (ca, ca_key) = (path("ca.pem"), path("ca.key"));
    let (leaf, key) = (path("leaf.pem"), path("leaf.key"));
    tool::quietly(
        request(&ca, &ca_key, "/CN=Registration test CA")
            .args(["-addext", "basicConstraints=critical,CA:TRUE"])
            .args(["-addext", "keyUsage=critical,keyCertSign,cRLSign"]),
    )?;
    tool::quietly(
        request(&leaf, &key, "/CN=localhost")
            .arg("-CA")
            .arg(&ca)
            .arg("-CAkey")
            .arg(&ca_key)
            .args(["-addext", "basicConstraints=critical,CA:FALSE"])
            .args(["-addext", "extendedKeyUsage=serverAuth"])
            .args(["-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]),
    )?;
    Ok(Certificates { ca, leaf, key })
}

fn request(certificate: &Path, key: &Path, subject: &str) -> Command {
    let mut command = Command::new("openssl");
    command
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc"])
        .args(["-days", "1", "-subj", subject, "-out"])
        .arg(certificate)
        .arg("-keyout")
        .arg(key);
    command
}
