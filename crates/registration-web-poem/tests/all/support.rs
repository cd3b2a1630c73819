//! A browser without a window: it keeps cookies, and sends forms as their pages made them.
use std::{collections::BTreeMap, sync::Arc};

use poem::{
    EndpointExt, IntoEndpoint, Route,
    endpoint::BoxEndpoint,
    http::{HeaderMap, StatusCode, header},
    test::TestClient,
};
use registration_domain::{
    organization::OrganizationId,
    platform::Platform,
    port::MailerError,
    session::Caller,
    settings::{PublicUrl, Settings},
    verification_code::VerificationCode,
};
use registration_testkit::{
    memory::MemoryStore,
    ports,
    stub::{FakeClock, FakeDns, MemoryMailer},
};
use registration_web_poem::{WebSettings, pages};

use crate::scene::{self, PASSWORD};

pub(crate) const ORIGIN: &str = "https://join.example.org";

/// A platform with its pages.
pub(crate) struct House {
    pub(crate) platform: Arc<Platform>,
    pub(crate) clock: Arc<FakeClock>,
    pub(crate) dns: Arc<FakeDns>,
    mailer: Arc<MemoryMailer>,
    endpoint: Arc<BoxEndpoint<'static>>,
}

/// One browser.
pub(crate) struct Browser {
    client: TestClient<Arc<BoxEndpoint<'static>>>,
    pub(crate) cookies: BTreeMap<String, String>,
    pub(crate) language: &'static str,
    page: String,
    /// Where that page was.
    at: String,
}

/// What a browser got.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl House {
    /// Nobody owns it yet.
    pub(crate) fn empty() -> Self {
        Self::of(|_| {})
    }
    /// The same, of other choices.
    pub(crate) fn of(choose: impl FnOnce(&mut Settings)) -> Self {
        let mut ports = ports(Arc::new(MemoryStore::default()));
        let clock = Arc::new(FakeClock::default());
        ports.clock = clock.clone();
        let mailer = Arc::new(MemoryMailer::default());
        ports.mailer = mailer.clone();
        let dns = Arc::new(FakeDns::default());
        ports.domain_proof = dns.clone();
        let mut settings = Settings::new(PublicUrl::parse(ORIGIN).unwrap());
        settings.product = "Harbour Access".into();
        settings.catalogue = scene::catalogue();
        choose(&mut settings);
        let web = WebSettings {
            clock: clock.clone(),
            ids: ports.ids.clone(),
            mailbox: Some(Arc::new(scene::Mailbox::default())),
            mail: Some(Arc::new(scene::SampleMail::default())),
        };
        let platform = Arc::new(Platform::new(ports, settings));
        let app = Route::new().nest("/", pages(platform.clone(), web));
        let endpoint = Arc::new(app.into_endpoint().map_to_response().boxed());
        Self { platform, clock, dns, mailer, endpoint }
    }
    /// The code of the newest mail, once all that wait are sent.
    pub(crate) async fn mailed_code(&self) -> VerificationCode {
        while self.platform.deliver_mail().await.unwrap() > 0 {}
        self.mailer.taken().into_iter().rev().find_map(|it| it.code).expect("a mail with a code")
    }
    /// The next mail is answered so.
    pub(crate) fn fail_next(&self, error: MailerError) {
        self.mailer.answer_next(Err(error));
    }
    /// Ana owns Acme, and nobody else is there.
    pub(crate) async fn founded() -> (Self, OrganizationId, Caller) {
        let house = Self::empty();
        let (organization, ana) = scene::found(&house.platform).await;
        (house, organization, ana)
    }
    pub(crate) fn browser(&self) -> Browser {
        let client = TestClient::new(self.endpoint.clone());
        Browser { client, cookies: BTreeMap::new(), language: "en", page: String::new(), at: String::new() }
    }
    /// A browser in which this person is signed in.
    pub(crate) async fn signed_in(&self, username: &str) -> Browser {
        let mut browser = self.browser();
        browser.get("/sign-in").await.is(StatusCode::OK);
        browser.sign_in(username).await.leads_to("/");
        browser
    }
}

impl Browser {
    pub(crate) async fn get(&mut self, path: &str) -> Page {
        let request = self.client.get(path).header("accept", "text/html,*/*;q=0.8");
        let request = request.header("accept-language", self.language).header("cookie", self.cookie());
        let page = Page::of(request.send().await.0).await;
        if page.body.contains("name=\"csrf\"") {
            path.clone_into(&mut self.at);
        }
        self.keep(page)
    }
    /// As a program asks, which wants no page.
    pub(crate) async fn get_as_program(&mut self, path: &str) -> Page {
        Page::of(self.client.get(path).header("accept", "*/*").send().await.0).await
    }
    pub(crate) async fn head(&mut self, path: &str) -> Page {
        let request = self.client.head(path).header("cookie", self.cookie());
        Page::of(request.send().await.0).await
    }
    /// Sends the form of the page that was got last.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let hidden = ["csrf", "form_key"].map(|name| (name, hidden(&self.page, name)));
        let hidden = hidden.iter().map(|(name, value)| (*name, value.as_str()));
        let all: Vec<_> = hidden.chain(fields.iter().copied()).collect();
        let referrer = format!("{ORIGIN}{}", self.at);
        let headers = [("origin", ORIGIN), ("sec-fetch-site", "same-origin"), ("referer", &referrer)];
        self.post_bare(path, &all, &headers).await
    }
    /// Sends just these fields and headers.
    pub(crate) async fn post_bare(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        headers: &[(&str, &str)],
    ) -> Page {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields);
        let request = self.client.post(path).header("accept", "text/html,*/*;q=0.8");
        let request = request.header("cookie", self.cookie()).header("accept-language", self.language);
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let request = request.content_type("application/x-www-form-urlencoded").body(body.finish());
        let page = Page::of(request.send().await.0).await;
        self.keep(page)
    }
    pub(crate) async fn sign_in(&mut self, username: &str) -> Page {
        self.post("/sign-in", &[("identifier", username), ("password", PASSWORD), ("return_to", "/")]).await
    }
    /// The value of a hidden field of the page that was got last.
    pub(crate) fn hidden(&self, name: &str) -> String {
        hidden(&self.page, name)
    }

    fn cookie(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }
    fn keep(&mut self, page: Page) -> Page {
        for line in page.set_cookies() {
            let (name, rest) = line.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap_or_default();
            if line.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        if page.body.contains("name=\"csrf\"") {
            self.page.clone_from(&page.body);
        }
        page
    }
}

impl Page {
    async fn of(answer: poem::Response) -> Self {
        let (parts, body) = answer.into_parts();
        Self { status: parts.status, headers: parts.headers, body: body.into_string().await.unwrap() }
    }
    #[track_caller]
    pub(crate) fn is(self, status: StatusCode) -> Self {
        assert_eq!(self.status, status, "{}", self.body);
        self
    }
    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        assert!(self.text().contains(text), "{text:?} is not in\n{}", self.text());
        self
    }
    #[track_caller]
    pub(crate) fn hides(self, text: &str) -> Self {
        assert!(!self.body.contains(text), "{text:?} is in\n{}", self.body);
        self
    }
    #[track_caller]
    pub(crate) fn leads_to(self, path: &str) -> Self {
        assert_eq!((self.status, self.header("location")), (StatusCode::SEE_OTHER, path), "{}", self.body);
        self
    }
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |it| it.to_str().unwrap())
    }
    pub(crate) fn set_cookies(&self) -> Vec<String> {
        self.headers.get_all(header::SET_COOKIE).iter().map(|it| it.to_str().unwrap().to_owned()).collect()
    }
    /// The body without marks, each run of spaces one.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        let mut in_mark = false;
        for c in self.body.chars() {
            match c {
                '<' => in_mark = true,
                '>' => in_mark = false,
                c if !in_mark => text.push(c),
                _ => {}
            }
        }
        let text = text.replace("&#39;", "'").replace("&quot;", "\"").replace("&amp;", "&");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
    pub(crate) fn title(&self) -> &str {
        between(&self.body, "<title>", "</title>")
    }
    /// The first link whose address holds this text.
    #[track_caller]
    pub(crate) fn link(&self, part: &str) -> String {
        let mut links = self.body.split("href=\"").skip(1).filter_map(|it| it.split('"').next());
        let found = links.find(|it| it.contains(part));
        found
            .unwrap_or_else(|| panic!("no link with {part:?} in\n{}", self.body))
            .replace("&#38;", "&")
            .replace("&amp;", "&")
    }
}

fn hidden(page: &str, name: &str) -> String {
    between(page, &format!("name=\"{name}\" value=\""), "\"").to_owned()
}

pub(crate) fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    text.split_once(start).and_then(|(_, rest)| rest.split_once(end)).map_or("", |(found, _)| found)
}
