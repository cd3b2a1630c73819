//! The style sheet, the script and the sign of the pages: ours, and cached for as long as they stay the same.
use std::hash::{DefaultHasher, Hash, Hasher};

use poem::{Response, http::header};

use crate::failure::Failure;

const FILES: [(&str, &str, &str); 3] = [
    ("app.css", "text/css; charset=utf-8", include_str!("../static/app.css")),
    ("enhance.js", "text/javascript; charset=utf-8", include_str!("../static/enhance.js")),
    ("icon.svg", "image/svg+xml", include_str!("../static/icon.svg")),
];

/// Where the files are, as of this build.
pub(crate) struct Assets {
    version: String,
}

impl Assets {
    /// The files of this build.
    pub(crate) fn new() -> Self {
        let mut hasher = DefaultHasher::new();
        FILES.hash(&mut hasher);
        Self { version: format!("{:016x}", hasher.finish()) }
    }
    /// The path of a file, which changes with what is in the files.
    pub(crate) fn path(&self, name: &str) -> String {
        format!("/static/{name}?v={}", self.version)
    }
    /// A file.
    pub(crate) fn file(name: &str) -> Result<Response, Failure> {
        let (_, kind, text) = FILES.iter().find(|(it, ..)| *it == name).ok_or(Failure::NotFound)?;
        let forever = "public, max-age=31536000, immutable";
        Ok(Response::builder().content_type(kind).header(header::CACHE_CONTROL, forever).body(*text))
    }
}
