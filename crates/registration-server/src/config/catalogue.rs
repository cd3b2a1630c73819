//! A platform's own permissions and roles come from the file, and complement what every platform has.
use registration_domain::{
    access::RoleKey,
    catalogue::{Catalogue, CataloguedPermission, Role},
    permission::Permission,
};
use serde::Deserialize;

use super::read::Reader;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PermissionRow {
    key: String,
    group: String,
    label: String,
    description: String,
    /// The product's own permissions need none; a platform's do, unless it says otherwise.
    #[serde(default = "yes")]
    needs_personal_record: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RoleRow {
    key: String,
    label: String,
    #[serde(default)]
    description: String,
    permissions: Vec<String>,
}

fn yes() -> bool {
    true
}

pub(super) fn read(reader: &mut Reader<'_>) -> Option<Catalogue> {
    let permissions = rows(reader, "permissions", permission);
    let roles = rows(reader, "roles", role);
    let catalogue = Catalogue::with(permissions?, roles?);
    reader.checked("roles", catalogue)
}

/// The rows of a setting that is a list of tables. Nothing where one of them cannot be read.
fn rows<Row: for<'de> Deserialize<'de>, T>(
    reader: &mut Reader<'_>,
    name: &str,
    parse: impl Fn(Row) -> Result<T, String>,
) -> Option<Vec<T>> {
    let Some(value) = reader.value(name) else { return Some(Vec::new()) };
    let Some(tables) = value.as_array() else {
        reader.refuse(name, format!("is no list of tables; write [[{name}]] before each"));
        return None;
    };
    let mut read = Vec::new();
    for (index, table) in tables.iter().enumerate() {
        let row = Row::deserialize(table.clone()).map_err(|error| error.message().to_owned());
        let row = row.and_then(&parse).map_err(|reason| format!("number {}: {reason}", index + 1));
        read.push(reader.checked(name, row));
    }
    read.into_iter().collect()
}

fn permission(row: PermissionRow) -> Result<CataloguedPermission, String> {
    let PermissionRow { key, group, label, description, needs_personal_record } = row;
    let permission = Permission::parse(&key)
        .map_err(|_| format!("{key:?} is no key; write two words in snake_case with a dot between"))?;
    Ok(CataloguedPermission { permission, group, label, description, needs_personal_record })
}

fn role(row: RoleRow) -> Result<Role, String> {
    let RoleRow { key, label, description, permissions } = row;
    let parsed = RoleKey::parse(&key).map_err(|_| format!("{key:?} is no key; write it in snake_case"))?;
    let permissions = permissions.iter().map(|it| {
        Permission::parse(it).map_err(|_| format!("the role {key} holds {it:?}, which is no permission"))
    });
    Ok(Role { key: parsed, label, description, permissions: permissions.collect::<Result<_, _>>()? })
}
