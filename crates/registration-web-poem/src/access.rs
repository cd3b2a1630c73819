//! How much somebody may do: as pages say it, and as a form asks for it in groups.
use std::collections::BTreeSet;

use registration_domain::{
    access::{Access, RoleKey},
    catalogue::{Catalogue, CataloguedPermission},
    permission::Permission,
};

use crate::{
    form::{Filled, Form},
    place::Place,
    visit::Visit,
};

/// What the choice of an access offers to somebody who gives it.
pub(crate) struct Choice {
    /// Owners alone make Owners.
    pub(crate) owner: bool,
    /// Only who has all gives all.
    pub(crate) all: bool,
    /// The roles of which the giver has everything.
    pub(crate) roles: Vec<Row>,
    /// The permissions that the giver has.
    pub(crate) groups: Vec<Group>,
    /// Those that they lack, and so cannot give.
    pub(crate) lacking: Vec<Row>,
}

/// Permissions that belong together.
pub(crate) struct Group {
    pub(crate) label: String,
    pub(crate) rows: Vec<Row>,
}

/// A permission or a role.
pub(crate) struct Row {
    pub(crate) key: String,
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) hint: String,
}

impl Choice {
    /// What this person can give here.
    pub(crate) fn of(visit: &Visit, place: &Place) -> Self {
        let catalogue = &visit.platform().settings().catalogue;
        let own = place.access();
        let (given, lacking): (Vec<_>, Vec<_>) =
            catalogue.permissions().iter().partition(|it| catalogue.holds(own, &it.permission));
        let mut groups: Vec<Group> = Vec::new();
        for it in given {
            let label = group(visit, &it.group);
            match groups.iter_mut().find(|it| it.label == label) {
                Some(group) => group.rows.push(row(visit, it)),
                None => groups.push(Group { label, rows: vec![row(visit, it)] }),
            }
        }
        let can_give =
            |access: &Access| catalogue.excess(own, access).is_empty() && !Catalogue::outranks(access, own);
        let roles = catalogue.roles().filter(|it| can_give(&Access::Role(it.key.clone())));
        let roles = roles.map(|it| Row {
            key: it.key.to_string(),
            id: format!("role-{}", it.key),
            label: it.label.clone(),
            hint: it.description.clone(),
        });
        Self {
            owner: *own == Access::Owner,
            all: can_give(&Access::All),
            roles: roles.collect(),
            groups,
            lacking: lacking.into_iter().map(|it| row(visit, it)).collect(),
        }
    }

    /// The id of the first choice, to which the error summary leads.
    pub(crate) fn first(&self) -> &'static str {
        if self.all { "access-all" } else { "access-chosen" }
    }
}

/// The access that a form asks for; what is wrong with it is said in the form.
pub(crate) fn read(visit: &Visit, filled: &mut Filled, form: &Form, first: &'static str) -> Option<Access> {
    match form.value("access") {
        "owner" => Some(Access::Owner),
        "all" => Some(Access::All),
        "role" => {
            let role = RoleKey::parse(form.value("role")).ok();
            if role.is_none() {
                filled.phrase("role", &visit.t("fault-role-required"));
            }
            role.map(Access::Role)
        }
        "chosen" => {
            let chosen: BTreeSet<_> =
                form.values("permission").filter_map(|it| Permission::parse(it).ok()).collect();
            if chosen.is_empty() {
                filled.phrase("access-chosen", &visit.t("fault-permission-required"));
                return None;
            }
            Some(Access::Chosen(chosen))
        }
        _ => {
            filled.phrase(first, &visit.t("fault-access-required"));
            None
        }
    }
}

/// The fields that stand for an access.
pub(crate) fn written(form: Form, access: &Access) -> Form {
    match access {
        Access::Owner => form.set("access", "owner"),
        Access::All => form.set("access", "all"),
        Access::Role(key) => form.set("access", "role").set("role", key.as_str()),
        Access::Chosen(chosen) => {
            chosen.iter().fold(form.set("access", "chosen"), |form, it| form.set("permission", it.key()))
        }
    }
}

/// An access in a few words.
pub(crate) fn named(visit: &Visit, access: &Access) -> String {
    let catalogue = &visit.platform().settings().catalogue;
    match access {
        Access::Owner => visit.t("access-owner").to_string(),
        Access::All => visit.t("access-all").to_string(),
        Access::Role(key) => catalogue.role(key).map_or_else(|| key.to_string(), |it| it.label.clone()),
        Access::Chosen(chosen) => match chosen.iter().next() {
            Some(only) if chosen.len() == 1 => label(visit, only),
            _ => visit.t("access-count").count("count", chosen.len()).to_string(),
        },
    }
}

/// All that it allows, by name.
pub(crate) fn allowed(visit: &Visit, access: &Access) -> Vec<String> {
    let catalogue = &visit.platform().settings().catalogue;
    let held = catalogue.permissions().iter().filter(|it| catalogue.holds(access, &it.permission));
    held.map(|it| label(visit, &it.permission)).collect()
}

/// The name of a permission: in the visitor's language where it is one that every platform has.
pub(crate) fn label(visit: &Visit, permission: &Permission) -> String {
    let known =
        visit.platform().settings().catalogue.permissions().iter().find(|it| it.permission == *permission);
    translated(visit, &phrase_key(permission), known.map_or(permission.key(), |it| &it.label))
}

fn row(visit: &Visit, it: &CataloguedPermission) -> Row {
    let key = phrase_key(&it.permission);
    Row {
        key: it.permission.key().to_owned(),
        id: key.clone(),
        label: label(visit, &it.permission),
        hint: translated(visit, &format!("{key}-hint"), &it.description),
    }
}

fn group(visit: &Visit, name: &str) -> String {
    translated(visit, &format!("group-{}", name.to_lowercase().replace(' ', "-")), name)
}

fn phrase_key(permission: &Permission) -> String {
    format!("permission-{}", permission.key().replace('.', "-"))
}

fn translated(visit: &Visit, key: &str, own: &str) -> String {
    if visit.words().knows(key) { visit.t(key.to_owned()).to_string() } else { own.to_owned() }
}
