//! What the style sheet promises: nothing in it knows left from right, or loads anything.
#[test]
fn the_style_sheet_is_for_both_directions_and_asks_nobody() {
    let sheet = include_str!("../../static/app.css");
    let physical = [
        "-left",
        "-right",
        "left:",
        "right:",
        "top:",
        "bottom:",
        "-top:",
        "-bottom:",
        "width: auto",
        " height:",
        ";height",
    ];
    for line in sheet.lines().filter(|it| !it.starts_with("@media")) {
        for word in physical {
            assert!(!line.contains(word), "{word} in {line}");
        }
        for declaration in line.split([';', '{']).map(str::trim) {
            let name = declaration.split(':').next().unwrap_or_default();
            let sided =
                ["width", "height", "min-width", "max-width", "min-height", "max-height", "float", "clear"];
            assert!(!sided.contains(&name), "{declaration}");
        }
    }
    for outside in ["url(", "@import", "http:", "https:"] {
        assert!(!sheet.contains(outside), "{outside}");
    }
}

#[test]
fn the_script_makes_no_markup_and_asks_only_where_a_form_of_the_page_would() {
    let script = include_str!("../../static/enhance.js");
    for word in ["innerHTML", "eval(", "document.write", "XMLHttpRequest", "http:", "https:", ".style"] {
        assert!(!script.contains(word), "{word}");
    }
    for asked in script.split("fetch(").skip(1) {
        assert!(asked.starts_with("`${form.action}?"), "{asked}");
    }
}
