//! A check is proof, and nobody gives what they do not hold.
use registration_domain::{
    access::{Access, RoleKey},
    catalogue::{Catalogue, CatalogueFault, CataloguedPermission, Role},
    permission::Permission,
    permit::{NotPermitted, Permit},
    refusal::{Fact, RefusalKind},
};

use super::support::{
    ACME, ANA, chosen, everything_today, id, permission, permit, role, settings, standing, told,
};

fn catalogue() -> Catalogue {
    settings().catalogue
}
fn exceeds<const N: usize>(keys: [&str; N]) -> NotPermitted {
    NotPermitted::ExceedsOwn(keys.map(permission).into())
}

#[test]
fn what_an_access_holds() {
    let check = |access: Access, held: [bool; 3]| {
        let asked = ["members.invite", "products.manage", "warehouse.open"].map(permission);
        assert_eq!(asked.map(|it| catalogue().holds(&access, &it)), held, "{access:?}");
    };
    check(Access::Owner, [true, true, false]);
    check(Access::All, [true, true, false]);
    check(role("recruiter"), [true, false, false]);
    check(role("buyer"), [false, true, false]);
    check(chosen(["members.invite"]), [true, false, false]);
    // What is gone holds nothing: a role, and a permission.
    check(role("gone"), [false, false, false]);
    check(chosen(["warehouse.open"]), [false, false, false]);
    // Nothing is nothing, never everything.
    check(chosen([]), [false, false, false]);
    assert!(catalogue().held(&chosen([])).is_empty());
}

#[test]
fn nobody_gives_what_they_do_not_hold() {
    let check = |own: Access, given: Access, expected: Result<(), NotPermitted>| {
        let owned = Permit::member(Some(&standing(own.clone()))).unwrap();
        let granted = owned.grant(given.clone(), &catalogue()).map(|it| {
            assert_eq!((it.by(), it.organization(), it.access()), (id(ANA), id(ACME), &given));
        });
        assert_eq!(granted, expected, "{own:?} gives {given:?}");
    };
    let recruiter = || chosen(["members.invite", "members.view"]);
    let today = everything_today(&catalogue());
    // An Owner gives everything.
    for given in [Access::Owner, Access::All, role("buyer"), today.clone(), chosen([])] {
        check(Access::Owner, given, Ok(()));
    }
    // `All` gives everything but an Owner's acts.
    check(Access::All, Access::Owner, Err(NotPermitted::OwnerRequired));
    for given in [Access::All, role("buyer"), today.clone(), chosen([])] {
        check(Access::All, given, Ok(()));
    }
    // The full set of today is not `All`, which reaches into tomorrow.
    check(today.clone(), Access::All, Err(exceeds([])));
    check(today.clone(), today, Ok(()));
    check(role("recruiter"), recruiter(), Ok(()));
    check(recruiter(), role("recruiter"), Ok(()));
    check(recruiter(), role("buyer"), Err(exceeds(["products.manage"])));
    check(recruiter(), chosen(["members.view"]), Ok(()));
    check(
        recruiter(),
        chosen(["members.view", "members.remove", "audit.view"]),
        Err(exceeds(["audit.view", "members.remove"])),
    );
    check(recruiter(), Access::Owner, Err(NotPermitted::OwnerRequired));
    check(chosen([]), chosen([]), Ok(()));
    check(chosen([]), chosen(["members.view"]), Err(exceeds(["members.view"])));
    // Whose role is gone holds nothing, and so gives nothing.
    check(role("gone"), chosen(["members.view"]), Err(exceeds(["members.view"])));
}

#[test]
fn what_an_access_would_exceed_is_all_that_it_holds_today_and_the_giver_lacks() {
    let refused = permit(role("recruiter")).grant(Access::All, &catalogue()).unwrap_err();
    let NotPermitted::ExceedsOwn(excess) = &refused else { panic!("{refused:?}") };
    assert_eq!(excess.len(), catalogue().permissions().len() - 2);
    assert_eq!(
        told(&refused),
        (RefusalKind::Forbidden, "access_exceeds_own", vec![Fact::ExceededPermissions(excess.clone())])
    );
}

#[test]
fn a_permission_is_checked_against_the_standing() {
    let check = |access: Option<Access>, expected: Result<(), NotPermitted>| {
        let standing = access.map(standing);
        let checked = Permit::check(standing.as_ref(), &Permission::MEMBERS_REMOVE, &catalogue());
        assert_eq!(checked.map(|it| assert_eq!(Some(it.standing()), standing.as_ref())), expected);
    };
    check(None, Err(NotPermitted::NotAMember));
    check(Some(role("recruiter")), Err(NotPermitted::Missing(Permission::MEMBERS_REMOVE)));
    check(Some(role("gone")), Err(NotPermitted::Missing(Permission::MEMBERS_REMOVE)));
    check(Some(chosen([])), Err(NotPermitted::Missing(Permission::MEMBERS_REMOVE)));
    check(Some(chosen(["members.remove"])), Ok(()));
    check(Some(Access::All), Ok(()));
    check(Some(Access::Owner), Ok(()));
}

#[test]
fn an_owners_act_needs_an_owner() {
    let check = |access: Option<Access>, expected: Result<(), NotPermitted>| {
        assert_eq!(Permit::owner(access.map(standing).as_ref()).map(|_| ()), expected);
    };
    check(None, Err(NotPermitted::NotAMember));
    check(Some(Access::Owner), Ok(()));
    for access in [Access::All, everything_today(&catalogue()), role("recruiter")] {
        check(Some(access), Err(NotPermitted::OwnerRequired));
    }
}

#[test]
fn every_no_has_its_kind_code_and_facts() {
    let missing = NotPermitted::Missing(Permission::AUDIT_VIEW);
    let fact = vec![Fact::MissingPermission(Permission::AUDIT_VIEW)];
    assert_eq!(told(&missing), (RefusalKind::Forbidden, "permission_missing", fact));
    assert_eq!(told(&NotPermitted::NotAMember), (RefusalKind::NotFound, "not_found", vec![]));
    assert_eq!(told(&NotPermitted::OwnerRequired), (RefusalKind::Forbidden, "owner_required", vec![]));
    assert_eq!(told(&NotPermitted::OwnAccess), (RefusalKind::Forbidden, "own_access", vec![]));
}

#[test]
fn what_a_catalogue_lacks_is_a_fault_of_the_field() {
    let check = |access: Access, expected: &[(&str, &str)]| {
        let faults = catalogue().faults(&access);
        let found: Vec<_> = faults.iter().map(|it| (&*it.field, it.code)).collect();
        assert_eq!(found, expected, "{access:?}");
    };
    for fine in [Access::Owner, Access::All, role("buyer"), chosen(["audit.view"]), chosen([])] {
        check(fine, &[]);
    }
    check(role("gone"), &[("access/role", "unknown_role")]);
    check(chosen(["audit.view", "warehouse.open"]), &[("access/permissions", "unknown_permission")]);
}

#[test]
fn a_catalogue_names_each_thing_once_and_only_what_is_there() {
    let own = |key: &str| CataloguedPermission {
        permission: permission(key),
        group: String::new(),
        label: String::new(),
        description: String::new(),
        needs_personal_record: true,
    };
    let buyer = |held: &str| Role {
        key: RoleKey::parse("buyer").unwrap(),
        label: String::new(),
        description: String::new(),
        permissions: [permission(held)].into(),
    };
    let twice = Catalogue::with(vec![own("a.b"), own("a.b")], vec![]);
    assert_eq!(twice, Err(CatalogueFault::Twice(permission("a.b"))));
    let built_in = Catalogue::with(vec![own("audit.view")], vec![]);
    assert_eq!(built_in, Err(CatalogueFault::Twice(Permission::AUDIT_VIEW)));
    let roles = Catalogue::with(vec![], vec![buyer("audit.view"), buyer("audit.view")]);
    assert_eq!(roles, Err(CatalogueFault::RoleTwice(RoleKey::parse("buyer").unwrap())));
    let unknown = Catalogue::with(vec![], vec![buyer("a.b")]).unwrap_err();
    assert_eq!(unknown.to_string(), "the role buyer holds a.b, which is not in the catalogue");
    let fine = Catalogue::with(vec![own("a.b")], vec![buyer("a.b")]).unwrap();
    assert!(fine.knows(&permission("a.b")) && fine.roles().count() == 1);
}

#[test]
fn every_platform_has_each_built_in_permission_in_its_own_words() {
    let catalogue = Catalogue::built_in();
    let labels: std::collections::BTreeSet<_> = catalogue.permissions().iter().map(|it| &it.label).collect();
    assert_eq!((catalogue.permissions().len(), labels.len()), (15, 15));
    assert!(Permission::BUILT_IN.iter().all(|it| catalogue.knows(it)));
}

#[test]
fn an_access_is_written_for_the_audit_log() {
    let check = |access: Access, text: &str| assert_eq!(access.to_string(), text);
    check(Access::Owner, "owner");
    check(Access::All, "all");
    check(role("buyer"), "role buyer");
    check(chosen([]), "nothing");
    check(chosen(["members.view", "audit.view"]), "audit.view, members.view");
}

#[test]
fn a_permission_is_two_words_joined_by_a_dot() {
    for text in ["members.view", "a.b", "join_requests.review"] {
        assert_eq!(Permission::parse(text).unwrap().key(), text);
    }
    let long = format!("a.{}", "b".repeat(63));
    for text in
        ["", ".", "a", "a.", ".b", "a.b.c", "A.b", "a b.c", "a.b ", "a.1", "ä.b", "a.\0", long.as_str()]
    {
        assert!(Permission::parse(text).is_err(), "{text:?}");
    }
}

#[test]
fn a_role_is_one_word() {
    for text in ["buyer", "head_buyer", "b2b"] {
        assert_eq!(RoleKey::parse(text).unwrap().as_str(), text);
    }
    let long = "b".repeat(65);
    for text in ["", "Buyer", "head buyer", "a.b", "bü", long.as_str()] {
        assert!(RoleKey::parse(text).is_err(), "{text:?}");
    }
}
