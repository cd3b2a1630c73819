//! A device is named as its owner knows it: browser and system, as far as it tells them.

/// What people call a device. Any client can say anything of itself, so nothing is decided by it.
///
/// ```
/// use registration_domain::device_name::DeviceName;
///
/// let sent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
/// let name = DeviceName::of(sent).ok_or("a browser")?;
/// assert_eq!((name.browser.as_str(), name.system), ("Firefox 128", Some("Linux")));
/// assert_eq!(name.to_string(), "Firefox 128 on Linux");
/// assert_eq!(DeviceName::of("a client of my own"), None);
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceName {
    /// A browser or another client, with its major version.
    pub browser: String,
    /// What it runs on.
    pub system: Option<&'static str>,
}

/// What stands before a version, and whose that is. Most browsers name others too, so the first one counts.
const BROWSERS: [(&str, &str); 13] = [
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Version/", "Safari"),
    ("curl/", "curl"),
    ("Wget/", "Wget"),
];

/// What stands somewhere in it, and which system that is. Many name an older relative too.
const SYSTEMS: [(&str, &str); 9] = [
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
    ("FreeBSD", "FreeBSD"),
];

impl DeviceName {
    /// Nothing for a client that is not known here.
    pub fn of(sent: &str) -> Option<Self> {
        let (version, name) = BROWSERS.iter().find_map(|(mark, name)| {
            let version = sent.split_once(mark)?.1;
            // Other clients have a version before something else.
            (*name != "Safari" || version.contains("Safari/")).then_some((version, name))
        })?;
        let major: String = version.chars().take_while(char::is_ascii_digit).take(5).collect();
        let system = SYSTEMS.iter().find(|(mark, _)| sent.contains(mark)).map(|(_, system)| *system);
        Some(Self { browser: format!("{name} {major}").trim_end().to_owned(), system })
    }
}

/// In English.
impl std::fmt::Display for DeviceName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.browser)?;
        self.system.map_or(Ok(()), |system| write!(f, " on {system}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_known_by_what_they_send() {
        for (sent, named) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 \
                 Safari/537.36 Edg/131.0.2903.86",
                "Edge 131 on Windows",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 \
                 Safari/537.36",
                "Chrome 131 on Windows",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                 Version/18.1 Safari/605.1.15",
                "Safari 18 on macOS",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                 Version/18.1 Mobile/15E148 Safari/604.1",
                "Safari 18 on iOS",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile \
                 Safari/537.36",
                "Chrome 131 on Android",
            ),
            (
                "Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0",
                "Firefox 132 on Android",
            ),
            ("curl/8.5.0", "curl 8"),
        ] {
            assert_eq!(DeviceName::of(sent).map(|it| it.to_string()).as_deref(), Some(named), "{sent}");
        }
    }

    #[test]
    fn what_is_not_known_is_not_guessed_at() {
        for sent in ["", "Firefox", "MyApp Version/7 on my phone", "\u{202E}"] {
            assert_eq!(DeviceName::of(sent), None, "{sent}");
        }
        let long = format!("Firefox/{}", "9".repeat(100));
        assert_eq!(DeviceName::of(&long).unwrap().browser, "Firefox 99999");
    }
}
