//! A browser, told what to do by the protocol that all browsers speak.
use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use serde_json::{Value, json};

const FLAGS: [&str; 11] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--hide-scrollbars",
    "--lang=en",
];

/// One browser, which goes when it is dropped.
pub(crate) struct Driver {
    process: Child,
    agent: ureq::Agent,
    session: String,
}

impl Driver {
    /// A browser.
    pub(crate) fn start() -> Self {
        let mut command = Command::new("chromedriver");
        // Pages tell times by the clock of the browser.
        command.env("TZ", "UTC");
        let mut process =
            command.args(["--port=0", "--allowed-ips=127.0.0.1"]).stdout(Stdio::piped()).spawn().unwrap();
        let said = BufReader::new(process.stdout.take().unwrap()).lines().map_while(Result::ok);
        let port = said.filter_map(|line| {
            line.split_once("successfully on port ").map(|(_, port)| port.trim_end_matches('.').to_owned())
        });
        let base = format!("http://127.0.0.1:{}", { port }.next().expect("chromedriver tells its port"));
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None)
            .timeout_global(Some(Duration::from_mins(1)));
        let agent: ureq::Agent = config.build().into();
        let wanted = json!({ "browserName": "chrome", "goog:chromeOptions": { "args": FLAGS }, "goog:loggingPrefs": { "browser": "ALL" } });
        let wanted = json!({ "capabilities": { "alwaysMatch": wanted } });
        let mut driver = Self { process, agent, session: format!("{base}/session") };
        let begun = driver.post("", wanted);
        driver.session = format!("{base}/session/{}", begun["sessionId"].as_str().unwrap());
        driver
    }

    pub(crate) fn go(&self, url: &str) {
        self.post("/url", json!({ "url": url }));
    }
    pub(crate) fn path(&self) -> String {
        let url = self.get("/url");
        let url = url.as_str().unwrap();
        url.splitn(4, '/').nth(3).map_or_else(|| "/".to_owned(), |it| format!("/{it}"))
    }
    pub(crate) fn title(&self) -> String {
        self.get("/title").as_str().unwrap().to_owned()
    }
    /// The text that somebody sees.
    pub(crate) fn text(&self) -> String {
        let body = self.find("body");
        self.get(&format!("/element/{body}/text")).as_str().unwrap().to_owned()
    }
    pub(crate) fn fill(&self, selector: &str, text: &str) {
        let element = self.find(selector);
        self.post(&format!("/element/{element}/clear"), json!({}));
        self.post(&format!("/element/{element}/value"), json!({ "text": text }));
    }
    pub(crate) fn click(&self, selector: &str) {
        let element = self.find(selector);
        self.post(&format!("/element/{element}/click"), json!({}));
    }
    /// Clicks what leads to another page, and waits for it.
    pub(crate) fn follow(&self, selector: &str) {
        self.leave(|| self.click(selector));
    }
    /// Does what leads to another page, and waits for it.
    pub(crate) fn leave(&self, act: impl FnOnce()) {
        let page = || self.run("return document.readyState === 'complete' && performance.timeOrigin");
        let before = page();
        act();
        for _ in 0..1_000 {
            let now = page();
            if now != before && now != Value::Bool(false) {
                return;
            }
            // waits for: the browser, which tells nobody when it has loaded a page
            thread::sleep(Duration::from_millis(20));
        }
        panic!("no other page came after {}", self.path());
    }
    /// Presses these keys, one after the other.
    pub(crate) fn press(&self, keys: &[&str]) {
        let strokes = keys.iter().flat_map(|key| {
            [json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })]
        });
        let strokes: Vec<_> = strokes.collect();
        self.post("/actions", json!({ "actions": [{ "type": "key", "id": "keys", "actions": strokes }] }));
    }
    /// From the next page on, every timer that is set for more than a minute fires after a moment.
    pub(crate) fn wind_timers_forward(&self) {
        let wound = "window.wound = true; const wait = window.setTimeout; window.setTimeout = (act, span, ...rest) =>\
            wait(act, window.wound && span > 60000 ? 200 : span, ...rest);";
        self.cdp("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": wound }));
    }
    /// In the page as it is, timers take their time again.
    pub(crate) fn stop_winding_timers(&self) {
        self.run("window.wound = false");
    }
    /// Waits until something is in the page.
    pub(crate) fn wait_for(&self, selector: &str) {
        for _ in 0..500 {
            if self.has(selector) {
                return;
            }
            // waits for: the script of a page, which tells nobody what it has done
            thread::sleep(Duration::from_millis(20));
        }
        panic!("{selector} did not come on {}", self.path());
    }
    pub(crate) fn forget_cookies(&self) {
        self.agent.delete(format!("{}/cookie", self.session)).call().unwrap();
    }
    pub(crate) fn has(&self, selector: &str) -> bool {
        let found = self.post("/elements", json!({ "using": "css selector", "value": selector }));
        !found.as_array().unwrap().is_empty()
    }
    /// What has the focus: its id, or else its text.
    pub(crate) fn focused(&self) -> String {
        self.run("const it = document.activeElement; return it === document.body ? '' : it.id || it.textContent.trim()")
            .as_str()
            .unwrap()
            .to_owned()
    }
    /// A window of this width, in this look.
    pub(crate) fn look(&self, width: u32, scheme: &str) {
        self.cdp("Emulation.setEmulatedMedia", &json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }, { "name": "prefers-reduced-motion", "value": "reduce" }] }));
        let metrics = json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", &metrics);
    }
    /// From the next page on, the browser lives by the clock of this zone.
    pub(crate) fn live_in(&self, zone: &str) {
        self.cdp("Emulation.setTimezoneOverride", &json!({ "timezoneId": zone }));
    }
    /// Whether the scripts of pages run. Those that a page did not run when it came, it does not run later.
    pub(crate) fn allow_scripts(&self, allowed: bool) {
        self.cdp("Emulation.setScriptExecutionDisabled", &json!({ "value": !allowed }));
    }
    /// What the browser complains of since it was last asked, but for answers that are no success, which pages give on purpose.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let said = self.post("/se/log", json!({ "type": "browser" }));
        let said = said.as_array().unwrap().iter().map(|it| it["message"].as_str().unwrap().to_owned());
        said.filter(|it| !it.contains("Failed to load resource")).collect()
    }
    /// What a window of this size shows in this look, in PNG.
    pub(crate) fn picture(&self, width: u32, height: u32, scheme: &str) -> Vec<u8> {
        self.look(width, scheme);
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1.5, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", &metrics);
        self.run("scrollTo(0, 0)");
        BASE64.decode(self.get("/screenshot").as_str().unwrap()).unwrap()
    }
    /// The driver's own script runs whether those of pages do or not.
    pub(crate) fn run(&self, script: &str) -> Value {
        self.post("/execute/sync", json!({ "script": script, "args": [] }))
    }
    pub(crate) fn run_async(&self, script: &str) -> Value {
        self.post("/execute/async", json!({ "script": script, "args": [] }))
    }

    fn find(&self, selector: &str) -> String {
        let found = self.post("/element", json!({ "using": "css selector", "value": selector }));
        found.as_object().unwrap().values().next().unwrap().as_str().unwrap().to_owned()
    }
    fn cdp(&self, command: &str, parameters: &Value) {
        self.post("/goog/cdp/execute", json!({ "cmd": command, "params": parameters }));
    }
    fn get(&self, path: &str) -> Value {
        let mut answer = self.agent.get(format!("{}{path}", self.session)).call().unwrap();
        sound(path, answer.body_mut().read_json().unwrap())
    }
    fn post(&self, path: &str, body: Value) -> Value {
        let mut answer = self.agent.post(format!("{}{path}", self.session)).send_json(body).unwrap();
        sound(path, answer.body_mut().read_json().unwrap())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.agent.delete(&self.session).call();
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[track_caller]
fn sound(path: &str, mut answer: Value) -> Value {
    let value = answer["value"].take();
    assert!(value.get("error").is_none(), "{path}: {value}");
    value
}
