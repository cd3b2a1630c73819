//! How the domain's values look on the wire.
use poem_openapi::registry::{MetaSchema, MetaSchemaRef, Registry};
use registration_domain::{
    access::{Access, RoleKey},
    contact::Contact,
    domain_name::DomainName,
    email::Email,
    email_domain::PolicyKind,
    id::Id,
    invitation::{Purpose, Term},
    locale::Locale,
    note::Note,
    organization::{JoiningAccess, OrganizationKind},
    organization_name::OrganizationName,
    permission::Permission,
    person_name::NamePart,
    secret::Secret,
    session::Origin,
    time::Timestamp,
    time_zone::TimeZone,
    username::Username,
    verification_code::VerificationCode,
};
use serde_json::{Value, json};

use super::{Shape, Shown, inline, words};
use crate::time::rfc3339;

/// Texts of a value type: their schema, and how they are shown.
macro_rules! texts {
    ($($type:ty: $schema:expr, $shown:expr;)*) => {
        $(
            impl Shape for $type {
                fn schema() -> MetaSchemaRef {
                    inline($schema)
                }
            }
            impl Shown for $type {
                fn shown(self) -> Value {
                    let shown: fn(&$type) -> Value = $shown;
                    shown(&self)
                }
            }
        )*
    };
}

texts! {
    String: MetaSchema::new("string"), |it| Value::from(it.as_str());
    bool: MetaSchema::new("boolean"), |it| Value::from(*it);
    u64: MetaSchema::new_with_format("integer", "int64"), |it| Value::from(*it);
    Email: bounded("email", 254), |it| Value::from(it.as_str());
    DomainName: bounded("idn-hostname", 229), |it| Value::from(it.as_str());
    Username: text(2, 64), |it| Value::from(it.as_str());
    NamePart: text(1, 100), |it| Value::from(it.as_str());
    OrganizationName: text(1, 100), |it| Value::from(it.as_str());
    Contact: text(0, 200), |it| Value::from(it.as_str());
    Note: text(0, 500), |it| Value::from(it.as_str());
    Locale: text(2, 35), |it| Value::from(it.as_str());
    TimeZone: text(1, 64), |it| Value::from(it.as_str());
    RoleKey: text(1, 64), |it| Value::from(it.as_str());
    Permission: text(3, 64), |it| Value::from(it.key());
    Timestamp: MetaSchema::new_with_format("string", "date-time"), |it| Value::from(rfc3339(*it));
    Term: MetaSchema { minimum: Some(1.0), maximum: Some(30.0), ..MetaSchema::new("integer") },
        |it| Value::from(it.in_days());
    Secret: MetaSchema::new_with_format("string", "password"), |it| Value::from(it.expose());
    VerificationCode: MetaSchema::new_with_format("string", "password"), |it| Value::from(it.expose());
    Origin: MetaSchema { nullable: true, ..MetaSchema::new("string") }, |it| Value::from(it.0.clone());
}

impl<Of> Shape for Id<Of> {
    fn schema() -> MetaSchemaRef {
        inline(MetaSchema::new_with_format("string", "uuid"))
    }
}
impl<Of> Shown for Id<Of> {
    fn shown(self) -> Value {
        self.to_string().into()
    }
}

impl Shape for Purpose {
    fn schema() -> MetaSchemaRef {
        words(Self::ALL.map(Self::key))
    }
}
impl Shown for Purpose {
    fn shown(self) -> Value {
        self.key().into()
    }
}

impl Shape for PolicyKind {
    fn schema() -> MetaSchemaRef {
        words(Self::ALL.map(Self::key))
    }
}
impl Shown for PolicyKind {
    fn shown(self) -> Value {
        self.key().into()
    }
}

impl Shape for OrganizationKind {
    fn schema() -> MetaSchemaRef {
        words(Self::ALL.map(Self::key))
    }
}
impl Shown for OrganizationKind {
    fn shown(self) -> Value {
        self.key().into()
    }
}

impl Shape for Access {
    fn schema() -> MetaSchemaRef {
        MetaSchemaRef::Reference("Access".into())
    }
    fn register(registry: &mut Registry) {
        let description = "How much a membership may do. `owner` is everything; `all` is the whole catalogue, \
            today's and tomorrow's, but not an Owner's acts; `role` is what the named role may do; `chosen` is \
            just the permissions that are listed, and an empty list is nothing.";
        let described =
            |schema: MetaSchema, description| MetaSchema { description: Some(description), ..schema };
        let keys = MetaSchema { items: Some(Box::new(Permission::schema())), ..MetaSchema::new("array") };
        let role = described(text(1, 64), "With `role`: the key of a role of the platform.");
        let keys = described(keys, "With `chosen`: keys of the platform's catalogue.");
        registry.create_schema::<Self, _>("Access".into(), |_| MetaSchema {
            description: Some(description),
            required: vec!["kind"],
            properties: vec![
                ("kind", words(["owner", "all", "role", "chosen"])),
                ("role", inline(role)),
                ("permissions", inline(keys)),
            ],
            ..MetaSchema::new("object")
        });
    }
}
impl Shown for Access {
    fn shown(self) -> Value {
        match self {
            Self::Owner => json!({ "kind": "owner" }),
            Self::All => json!({ "kind": "all" }),
            Self::Role(key) => json!({ "kind": "role", "role": key.as_str() }),
            Self::Chosen(keys) => {
                let keys: Vec<_> = keys.iter().map(Permission::key).collect();
                json!({ "kind": "chosen", "permissions": keys })
            }
        }
    }
}

impl Shape for JoiningAccess {
    fn schema() -> MetaSchemaRef {
        Access::schema()
    }
    fn register(registry: &mut Registry) {
        Access::register(registry);
    }
}
impl Shown for JoiningAccess {
    fn shown(self) -> Value {
        self.access().clone().shown()
    }
}

fn text(min: usize, max: usize) -> MetaSchema {
    let min_length = Some(min).filter(|it| *it > 0);
    MetaSchema { min_length, max_length: Some(max), ..MetaSchema::new("string") }
}

fn bounded(format: &'static str, max: usize) -> MetaSchema {
    MetaSchema { max_length: Some(max), ..MetaSchema::new_with_format("string", format) }
}
