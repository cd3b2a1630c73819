//! What a mail program would turn into a link is recognized, and a name with a dot is not.

use unicode_normalization::UnicodeNormalization;

/// Whether a mail program might make a link of a part of the text: it names a scheme, starts with
/// `www.`, or holds a host name, alone or with a port, a path or a query.
///
/// A host name alone counts when it ends in a generic ending such as `.com`, or in a country's after
/// a word of at least three characters, so that `J.de Vries` stays a name. Programs of this kind look at the
/// text only; so does this: no list of existing domains, and rather a refusal too many, because a
/// space after the dot mends it.
pub(crate) fn carries_link(text: &str) -> bool {
    let text = plain(text);
    names_address(&text) || tokens(&text).any(|token| is_host_of_a_country(host_and_rest(token).0))
}

/// The same without the endings of countries: for text without spaces, in which `tom.li` is a name.
pub(crate) fn carries_web_address(text: &str) -> bool {
    names_address(&plain(text))
}

fn names_address(text: &str) -> bool {
    text.contains("://")
        || text.contains("www.")
        || text.contains("mailto:")
        || tokens(text).any(|token| {
            let (host, rest) = host_and_rest(token);
            is_generic_host(host) || (rest.starts_with(['/', ':', '?', '#']) && leads_somewhere(host, rest))
        })
}

/// Lower case, and with the full-width and ideographic variants of dots, colons and slashes made plain.
fn plain(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).map(|c| if c == '。' { '.' } else { c }).collect()
}

/// The runs between white space and whatever else ends a link: brackets, quotes, commas, an `@`.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| {
        c.is_whitespace()
            || matches!(c, '@' | ',' | ';' | '!' | '"' | '<' | '>' | '(' | ')' | '[' | ']' | '|')
    })
}

/// The longest start of a token that is made like a host name, and what follows it.
fn host_and_rest(token: &str) -> (&str, &str) {
    let token = token.trim_start_matches(|c: char| !c.is_alphanumeric());
    let end =
        token.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '_'))).unwrap_or(token.len());
    let (host, rest) = token.split_at(end);
    // A full stop at the end closes a sentence, or roots the name.
    (host.trim_end_matches(['.', '-', '_']), rest)
}

/// A dotted name, or four numbers, before a port, a path or a query.
fn leads_somewhere(host: &str, rest: &str) -> bool {
    let Some((before, ending)) = host.rsplit_once('.') else { return false };
    let is_name = ending.chars().count() >= 2 && ending.chars().all(char::is_alphabetic);
    let is_encoded = ending.starts_with("xn--");
    let is_number = host.split('.').count() == 4 && host.chars().all(|c| c.is_ascii_digit() || c == '.');
    // In `St.Mary: hello` the colon ends a word; before a port a digit follows.
    let is_port = !rest.starts_with(':') || rest[1..].starts_with(|c: char| c.is_ascii_digit());
    !before.is_empty() && is_port && (is_name || is_encoded || is_number)
}

fn is_generic_host(host: &str) -> bool {
    host.rsplit_once('.').is_some_and(|(before, ending)| {
        !before.is_empty() && (GENERIC.contains(&ending) || ending.starts_with("xn--"))
    })
}

fn is_host_of_a_country(host: &str) -> bool {
    host.rsplit_once('.').is_some_and(|(before, ending)| {
        let has_word = before.split('.').any(|label| label.chars().count() >= 3);
        has_word && ending.len() == 2 && COUNTRIES.split(' ').any(|code| code == ending)
    })
}

/// Endings without a country that are registered most, and so linked most.
const GENERIC: &[&str] = &[
    "app", "biz", "blog", "bond", "cfd", "click", "club", "cloud", "com", "company", "dev", "digital",
    "email", "fun", "gov", "group", "host", "icu", "info", "ink", "link", "live", "lol", "ltd", "mobi",
    "name", "net", "network", "news", "one", "online", "org", "page", "pro", "sbs", "shop", "site", "space",
    "store", "support", "tech", "today", "top", "vip", "website", "wiki", "win", "work", "world", "xyz",
    "zip", "zone",
];

/// The endings of countries (ISO 3166-1 and the few that the root zone has beside them).
const COUNTRIES: &str = "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo \
    br bs bt bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et \
    eu fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in \
    io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh \
    mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm \
    pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg \
    th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_mail_program_links_is_a_link() {
        for text in [
            "http://evil.example",
            "HTTPS://EVIL.EXAMPLE",
            "Ana www.evil.example",
            "evil.com",
            "Your prize: Evil.Com.",
            "evil.com/claim",
            "login.evil.museum/claim",
            "t.me/x",
            "evil.example:8080",
            "evil.example?x=1",
            "evil.example#x",
            "(evil.net)",
            "evil.ru",
            "bank.co.uk",
            "ana@evil.org",
            "192.0.2.7/login",
            "xn--bcher-kva.xn--p1ai",
            "evil．com",
            "evil。com",
            "ｅｖｉｌ.com",
            "ftp：／／evil",
            "mailto:a",
        ] {
            assert!(carries_link(text), "{text}");
        }
    }

    #[test]
    fn a_name_with_a_dot_is_no_link() {
        for text in [
            "St. Mary",
            "St.Mary",
            "J.R. Smith",
            "J.R.R. Tolkien",
            "J.de Vries",
            "Acme Inc.",
            "Acme Inc./Ltd.",
            "Acme Co., Ltd.",
            "Smith/Jones",
            "c/o Ana",
            "Dr.Ruiz",
            "Smith.Jr",
            "e.g. this",
            "3.5 tons",
            "Invoices 12.05.2026/13.05.2026",
            "Note: see below",
            "Thanks.We look forward",
            "a.s.",
            "www",
            "1.2.3.4",
            "...",
            "你好。再见",
        ] {
            assert!(!carries_link(text), "{text}");
        }
    }

    #[test]
    fn a_countrys_ending_is_a_name_where_no_spaces_are() {
        assert!(!carries_web_address("tom.li"));
        assert!(carries_web_address("evil.com"));
        assert!(carries_web_address("tom.li/x"));
        assert!(carries_web_address("www.tom"));
    }
}
