//! A close look at a page: in light and dark, at 320 and 1280 px. axe-core finds nothing, nothing is wider than the
//! window, the keyboard reaches everything and shows where it is, and the browser complains of nothing.
use std::{env, fs, sync::LazyLock};

use serde_json::{Value, json};

use crate::walk::Walk;

const WIDTHS: [u32; 2] = [320, 1280];
const SCHEMES: [&str; 2] = ["light", "dark"];
const TAB: &str = "\u{E004}";

/// All of its rules, and that of the size of what one aims at, which is off unless asked for.
const AUDIT: &str = "const done = arguments[arguments.length - 1];\
    axe.run({ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }).then((found) =>\
    done(found.violations.map((it) => [it.id, it.nodes.map((node) => node.html + node.failureSummary)])));";

/// Notes what gets the focus, and whether it shows. A date has more than one place for it, and so may a frame.
const WATCH: &str = "window.walked = new Set(); window.shown = new Set();\
    document.addEventListener('focusin', ({ target }) => {\
    walked.add(target); const { outlineStyle, outlineWidth } = getComputedStyle(target);\
    if (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 3) shown.add(target); });\
    const all = document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex=\"0\"]');\
    window.reachable = [...all].filter((it) => it.checkVisibility({ visibilityProperty: true }) && !it.disabled && it.type !== 'hidden');\
    document.activeElement.blur(); window.getSelection().collapse(document.body, 0);\
    return reachable.length + 4 * document.querySelectorAll('[type=date], iframe').length;";

/// What got no focus; of the radio buttons of one name, one stands for all.
const MISSED: &str = "const group = (it) => it.type === 'radio' && it.name;\
    const has = (it) => walked.has(it) || [...walked].some((other) => group(it) && group(other) === group(it));\
    return [...reachable.filter((it) => !has(it)).map((it) => it.outerHTML), \
    ...[...walked].filter((it) => !shown.has(it)).map((it) => 'unseen: ' + it.outerHTML)];";

static AXE: LazyLock<String> = LazyLock::new(|| {
    let path = env::var("TEST_AXE").expect("TEST_AXE is missing: run `cargo xtask test`");
    fs::read_to_string(path).unwrap()
});

impl Walk {
    /// Looks closely at the page as it is, which must say these words.
    #[track_caller]
    pub(crate) fn check_page(&self, words: &str) {
        let (driver, path) = (&self.driver, self.driver.path());
        let page = format!("{path} {}", if self.has_scripts { "with scripts" } else { "without scripts" });
        let text = driver.text();
        assert!(text.contains(words), "{words:?} is not on {page}:\n{text}");
        // Now the driver's own scripts run whole. Those that the page was not allowed to run it does not catch up on.
        driver.allow_scripts(true);
        driver.run(&AXE);
        for width in WIDTHS {
            for scheme in SCHEMES {
                driver.look(width, scheme);
                let wide = driver.run("return document.documentElement.scrollWidth").as_u64();
                assert!(wide <= Some(width.into()), "{page} is {wide:?} wide in {width}");
                let found = driver.run_async(AUDIT);
                assert_eq!(found, json!([]), "{page}, {width}, {scheme}");
            }
        }
        driver.look(1280, "light");
        assert_eq!(self.missed_by_keyboard(), json!([]), "{page}: the keyboard misses these");
        assert_eq!(driver.complaints(), Vec::<String>::new(), "{page}");
        driver.allow_scripts(self.has_scripts);
    }

    fn missed_by_keyboard(&self) -> Value {
        let many = self.driver.run(WATCH).as_u64().unwrap();
        let tabs = vec![TAB; usize::try_from(many).unwrap() + 3];
        self.driver.press(&tabs);
        if self.driver.run(MISSED) != json!([]) {
            // A browser that is still at work swallows keys, or is late with the ring: whoever tabs on comes to the rest.
            self.driver.press(&tabs);
        }
        self.driver.run(MISSED)
    }
}
