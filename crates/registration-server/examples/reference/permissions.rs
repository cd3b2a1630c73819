//! What can be allowed on every platform.
use std::collections::BTreeSet;

use registration_domain::{access::Access, catalogue::Catalogue};

use crate::page::{Page, code};

pub(crate) fn page() -> String {
    let catalogue = Catalogue::built_in();
    let mut page = Page::new(
        "Permissions",
        "What every platform has. A platform adds its own permissions, and roles over all of them, \
         [in its configuration](settings.md); `GET /api/v1/permissions` and `GET /api/v1/roles` list what is there.",
    );
    let mut groups = Vec::new();
    for it in catalogue.permissions() {
        if !groups.contains(&&it.group) {
            groups.push(&it.group);
        }
    }
    for group in groups {
        page.heading(2, group);
        let of_group = catalogue.permissions().iter().filter(|it| it.group == *group);
        let rows = of_group.map(|it| [code(&it.permission), it.label.clone(), it.description.clone()]);
        page.table(&["permission", "name", "what its holder can do"], rows.collect::<Vec<_>>());
    }
    accesses(&mut page, &catalogue);
    page.end()
}

/// Asked of the catalogue itself.
fn accesses(page: &mut Page, catalogue: &Catalogue) {
    page.heading(2, "Access");
    page.add(
        "How much a membership may do. Nobody gives what they do not hold, nobody changes their own access, and only an \
         Owner makes or unmakes an Owner. A column says what whoever has that access may give to others, as far as they \
         hold a permission to give anything.",
    );
    let one = catalogue.permissions().first().map(|it| it.permission.clone());
    let kinds = [
        ("owner", "everything, the acts that only an Owner may do included", Access::Owner),
        ("all", "the whole catalogue, today's and tomorrow's, without an Owner's acts", Access::All),
        (
            "chosen",
            "the permissions that are named; an empty list is nothing",
            Access::Chosen(one.into_iter().collect()),
        ),
        ("nothing", "a `chosen` without permissions", Access::Chosen(BTreeSet::new())),
    ];
    let may_give = |own: &Access, given: &Access| {
        let gives = catalogue.excess(own, given).is_empty() && !Catalogue::outranks(given, own);
        String::from(if gives { "yes" } else { "no" })
    };
    let rows = kinds.iter().map(|(name, meaning, given)| {
        let mut row = vec![code(name), (*meaning).to_owned(), catalogue.held(given).len().to_string()];
        row.extend(kinds.iter().map(|(_, _, own)| may_give(own, given)));
        row
    });
    let head =
        ["access", "meaning", "of the built-in permissions it holds", "`owner` gives it", "`all` gives it"];
    let head = [&head[..], &["the same `chosen` gives it", "`nothing` gives it"]].concat();
    page.table(&head, rows.collect::<Vec<_>>());
    page.add("A `role` holds what the platform's role of that key holds at the time, and is given like a `chosen` of the same permissions.");
}
