//! Organizations that let themselves be found: by any part of their names, in pages that lose and double nothing.
use registration_domain::{
    change::Change,
    organization::{Organization, OrganizationId, OrganizationKind, OrganizationParts},
    organization_name::OrganizationName,
    page::Page,
    platform::Ports,
    port::Moment,
    text::fold,
    view::DiscoverableOrganization,
};

use super::scene::{Scene, rows};
use crate::stub::NOW;

promises! {
    /// Makes the promises of the reads about organizations tests.
    organization_contract, organization, Ports:
    organizations_are_found_only_where_they_let_themselves,
    organizations_are_listed_by_their_folded_names,
    a_walk_of_organizations_loses_and_doubles_nothing,
    organizations_that_come_between_two_pages_move_none,
    an_organization_is_found_by_any_part_of_its_name,
    an_organization_is_found_with_and_without_umlauts,
    a_search_of_organizations_takes_nothing_for_an_operator,
    an_organization_is_found_by_its_new_name_and_not_by_the_old,
}

async fn add(scene: &Scene, name: &str, discoverable: bool) -> Organization {
    let name = OrganizationName::parse(name).expect("a name");
    let id = scene.ports.ids.fresh();
    let founded = Organization::found(id, name, OrganizationKind::Company, NOW);
    let organization = founded.let_be_found(discoverable);
    scene.write([Change::AddOrganization(organization.clone())]).await;
    organization
}

async fn change(scene: &Scene, id: OrganizationId, with: impl FnOnce(Organization) -> Organization) {
    let stored = scene.moment().await.organization(id).await.unwrap().expect("it is stored");
    scene.write([Change::UpdateOrganization(with(stored))]).await;
}

async fn walk(moment: &dyn Moment, query: &str, size: u16) -> Vec<DiscoverableOrganization> {
    let (mut page, mut found) = (Page::first(rows(size)), Vec::new());
    loop {
        let listing = moment.discoverable(query, &page).await.unwrap();
        assert!(listing.rows.len() <= usize::from(size), "a page of {size} has {}", listing.rows.len());
        found.extend(listing.rows);
        assert!(found.len() <= 100, "the walk never ends");
        match listing.next {
            Some(next) => page.after = Some(next),
            None => return found,
        }
    }
}

async fn names(scene: &Scene, query: &str) -> Vec<String> {
    let found = walk(&*scene.moment().await, query, 100).await;
    found.into_iter().map(|it| it.name.to_string()).collect()
}

/// When they begin to, and no longer when they end it, whatever else changes of them.
pub async fn organizations_are_found_only_where_they_let_themselves(ports: Ports) {
    let scene = Scene::on(ports);
    let [open, hidden] = [add(&scene, "Open", true).await, add(&scene, "Hidden", false).await];
    for query in ["", "e", "en", "hid"] {
        let found = walk(&*scene.moment().await, query, 100).await;
        assert!(found.iter().all(|it| it.id == open.id()), "{query:?}: {found:?}");
    }
    let shown = DiscoverableOrganization { id: open.id(), name: open.parts().name.clone() };
    assert_eq!(walk(&*scene.moment().await, "open", 100).await, [shown]);
    change(&scene, hidden.id(), |it| it.let_be_found(true)).await;
    change(&scene, open.id(), |it| it.let_be_found(false)).await;
    assert_eq!(names(&scene, "").await, ["Hidden"]);
    change(&scene, hidden.id(), |it| it).await;
    change(&scene, open.id(), |it| it).await;
    assert_eq!(names(&scene, "").await, ["Hidden"]);
    change(&scene, hidden.id(), |it| it.let_be_found(false)).await;
    assert_eq!(names(&scene, "").await, [""; 0]);
}

/// Ids decide between equals.
pub async fn organizations_are_listed_by_their_folded_names(ports: Ports) {
    let scene = Scene::on(ports);
    crowd(&scene).await;
    let moment = scene.moment().await;
    for query in ["", "e", "er"] {
        let found = walk(&*moment, query, 100).await;
        assert!(found.len() > 3, "{query:?}: {found:?}");
        let key = |it: &DiscoverableOrganization| (fold(it.name.as_str()), it.id);
        assert!(found.is_sorted_by_key(key), "{query:?}: {found:?}");
    }
}

/// Names that fold to the same, in several scripts, twice each.
async fn crowd(scene: &Scene) {
    for _ in 0..2 {
        for name in
            ["Müller AG", "MULLER AG", "Zoë & Partner", "Ørsted", "acme", "Acme", "Österreicher", "山田商店"]
        {
            add(scene, name, true).await;
        }
    }
}

/// Whatever the size of a page, though names are equal across its border.
pub async fn a_walk_of_organizations_loses_and_doubles_nothing(ports: Ports) {
    let scene = Scene::on(ports);
    crowd(&scene).await;
    let moment = scene.moment().await;
    for (query, all) in [("", 16), ("e", 14), ("er", 10), ("mul", 4), ("acme", 4), ("田商", 2)] {
        let whole = walk(&*moment, query, 100).await;
        assert_eq!(whole.len(), all, "{query:?}");
        for size in [1, 2, 3, 5, 15, 16] {
            assert_eq!(walk(&*moment, query, size).await, whole, "{query:?} by {size}");
        }
    }
}

/// None is left out or shown twice, for a page begins behind an organization and not at a number.
pub async fn organizations_that_come_between_two_pages_move_none(ports: Ports) {
    let scene = Scene::on(ports);
    let mut expected = Vec::new();
    for name in ["B acme", "C acme", "D acme", "E acme", "F acme"] {
        expected.push(add(&scene, name, true).await.id());
    }
    let (mut page, mut found) = (Page::first(rows(2)), Vec::new());
    loop {
        let listing = scene.moment().await.discoverable("acme", &page).await.unwrap();
        found.extend(listing.rows.into_iter().map(|it| it.id));
        let Some(next) = listing.next else { break };
        page.after = Some(next);
        add(&scene, "A acme", true).await;
    }
    assert_eq!(found, expected);
}

/// One letter or all of them, at the start, in the middle or at the end, blind to case and to how much white
/// space there is.
pub async fn an_organization_is_found_by_any_part_of_its_name(ports: Ports) {
    let scene = Scene::on(ports);
    for name in ["Acme GmbH & Co. KG", "S.p.A. Rossi", "株式会社アクメ", "3M", "Café 🙂🙃"] {
        add(&scene, name, true).await;
    }
    for (query, expected) in [
        ("acme", &["Acme GmbH & Co. KG"][..]),
        ("ACME gmbh", &["Acme GmbH & Co. KG"]),
        ("  me   gm ", &["Acme GmbH & Co. KG"]),
        ("h &", &["Acme GmbH & Co. KG"]),
        ("Acme GmbH & Co. KG", &["Acme GmbH & Co. KG"]),
        ("Acme GmbH & Co. KGaA", &[]),
        ("acne", &[]),
        ("gmacme", &[]),
        ("p.a", &["S.p.A. Rossi"]),
        ("ss", &["S.p.A. Rossi"]),
        ("si", &["S.p.A. Rossi"]),
        ("m", &["3M", "Acme GmbH & Co. KG"]),
        ("3", &["3M"]),
        ("3m", &["3M"]),
        ("会社", &["株式会社アクメ"]),
        ("社ア", &["株式会社アクメ"]),
        ("クメ", &["株式会社アクメ"]),
        ("🙂", &["Café 🙂🙃"]),
        ("🙂🙃", &["Café 🙂🙃"]),
        ("é 🙂", &["Café 🙂🙃"]),
        ("🙃🙂", &[]),
        ("fe", &["Café 🙂🙃"]),
        ("ж", &[]),
        ("жж", &[]),
        ("жжж", &[]),
    ] {
        assert_eq!(names(&scene, query).await, expected, "{query:?}");
    }
    for nothing in ["", " ", "\u{3000} "] {
        assert_eq!(names(&scene, nothing).await.len(), 5, "{nothing:?}");
    }
    assert_eq!(names(&scene, &"acme gmbh".repeat(50)).await, [""; 0]);
}

/// Whoever types an umlaut finds both spellings; whoever spells it out, or leaves it out, finds the umlaut.
pub async fn an_organization_is_found_with_and_without_umlauts(ports: Ports) {
    let scene = Scene::on(ports);
    for name in ["Müller", "Mueller", "Muller", "Straßenbau Ährenfeld", "Ångström"] {
        add(&scene, name, true).await;
    }
    for (query, expected) in [
        ("müller", &["Mueller", "Müller", "Muller"][..]),
        ("MU\u{308}LL", &["Mueller", "Müller", "Muller"]),
        ("mueller", &["Mueller", "Müller"]),
        ("muller", &["Müller", "Muller"]),
        ("ue", &["Mueller", "Müller"]),
        ("STRASSEN", &["Straßenbau Ährenfeld"]),
        ("ß", &["Straßenbau Ährenfeld"]),
        ("bau aehren", &["Straßenbau Ährenfeld"]),
        ("bau ahren", &["Straßenbau Ährenfeld"]),
        ("aangstroem", &["Ångström"]),
        ("angstrom", &["Ångström"]),
    ] {
        assert_eq!(names(&scene, query).await, expected, "{query:?}");
    }
}

/// Wildcards, quotes, and the words of query languages are letters like any other.
pub async fn a_search_of_organizations_takes_nothing_for_an_operator(ports: Ports) {
    let scene = Scene::on(ports);
    let odd =
        ["100% Wolle", "under_score", "back\\slash", "a\"b'c", "{x} AND [y]", "p*q (r) s:t", "u - v ^ w"];
    for name in odd {
        add(&scene, name, true).await;
    }
    for (query, expected) in [
        ("%", &["100% Wolle"][..]),
        ("0%", &["100% Wolle"]),
        ("0% w", &["100% Wolle"]),
        ("1%0", &[]),
        ("_", &["under_score"]),
        ("r_s", &["under_score"]),
        ("un_er", &[]),
        ("\\", &["back\\slash"]),
        ("k\\s", &["back\\slash"]),
        ("\"", &["a\"b'c"]),
        ("'", &["a\"b'c"]),
        ("\"b'", &["a\"b'c"]),
        ("AND", &["{x} AND [y]"]),
        ("x} and [", &["{x} AND [y]"]),
        ("under OR back", &[]),
        ("NOT", &[]),
        ("NEAR(a b)", &[]),
        ("*", &["p*q (r) s:t"]),
        ("p*q", &["p*q (r) s:t"]),
        ("un*", &[]),
        ("(r)", &["p*q (r) s:t"]),
        ("s:t", &["p*q (r) s:t"]),
        ("- v ^", &["u - v ^ w"]),
        ("-", &["u - v ^ w"]),
        ("^", &["u - v ^ w"]),
        ("\\%", &[]),
        (";", &[]),
        ("$1", &[]),
        ("\u{0}", &[]),
        ("a\u{0}", &[]),
    ] {
        assert_eq!(names(&scene, query).await, expected, "{query:?}");
    }
}

/// And where it is listed moves with it.
pub async fn an_organization_is_found_by_its_new_name_and_not_by_the_old(ports: Ports) {
    let scene = Scene::on(ports);
    let first = add(&scene, "Acme", true).await;
    add(&scene, "Middle", true).await;
    let name = OrganizationName::parse("Zenith").expect("a name");
    change(&scene, first.id(), |it| {
        Organization::from_parts(OrganizationParts { name: name.clone(), ..it.into_parts() })
    })
    .await;
    for (query, expected) in [
        ("", &["Middle", "Zenith"][..]),
        ("acme", &[]),
        ("ac", &[]),
        ("zen", &["Zenith"]),
        ("th", &["Zenith"]),
    ] {
        assert_eq!(names(&scene, query).await, expected, "{query:?}");
    }
}
