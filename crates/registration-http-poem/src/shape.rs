//! The shape of what goes over the wire is said once, beside what reads or shows it, and told by the document.
mod macros;
mod values;

use poem_openapi::registry::{MetaSchema, MetaSchemaRef, Registry};
use serde_json::Value;

pub(crate) use macros::{reply, request};

/// What the document says of a value.
pub(crate) trait Shape {
    /// Its schema, or a reference to it.
    fn schema() -> MetaSchemaRef;
    /// Puts what [`schema`](Self::schema) refers to into the document.
    fn register(_: &mut Registry) {}
}

/// A value that is shown to clients.
pub(crate) trait Shown: Shape {
    /// Whether an object that has it always shows it.
    const ALWAYS: bool = true;

    /// As JSON.
    fn shown(self) -> Value;
    /// As a member of an object; nothing where it is left out.
    fn member(self) -> Option<Value>
    where
        Self: Sized,
    {
        Some(self.shown())
    }
}

/// A member that is left out where there is nothing.
#[derive(Debug)]
pub(crate) struct Maybe<T>(pub(crate) Option<T>);

/// A member of an object, as the document describes it.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) required: bool,
    pub(crate) schema: MetaSchemaRef,
}

/// An object of named members.
pub(crate) trait Members {
    /// All of them, in order.
    fn members() -> Vec<Member>;
}

/// The schema of an object of these members.
pub(crate) fn object(description: &'static str, members: Vec<Member>) -> MetaSchema {
    let required = members.iter().filter(|it| it.required).map(|it| it.name).collect();
    let described = |it: Member| (it.name, with_description(it.schema, it.description));
    let properties = members.into_iter().map(described).collect();
    let description = Some(description).filter(|it| !it.is_empty());
    MetaSchema { description, required, properties, ..MetaSchema::new("object") }
}

/// A schema of words.
pub(crate) fn words(keys: impl IntoIterator<Item = &'static str>) -> MetaSchemaRef {
    let enum_items = keys.into_iter().map(Value::from).collect();
    inline(MetaSchema { enum_items, ..MetaSchema::new("string") })
}

/// A schema that stands where it is used.
pub(crate) fn inline(schema: MetaSchema) -> MetaSchemaRef {
    MetaSchemaRef::Inline(Box::new(schema))
}

/// The same schema, or `null`.
fn nullable(schema: MetaSchemaRef) -> MetaSchemaRef {
    match schema {
        MetaSchemaRef::Inline(schema) => inline(MetaSchema { nullable: true, ..*schema }),
        reference @ MetaSchemaRef::Reference(_) => {
            inline(MetaSchema { nullable: true, all_of: vec![reference], ..MetaSchema::ANY })
        }
    }
}

/// A reference cannot stand beside anything else, so it is wrapped.
fn with_description(schema: MetaSchemaRef, description: &'static str) -> MetaSchemaRef {
    let description = Some(description).filter(|it| !it.is_empty());
    match schema {
        MetaSchemaRef::Inline(schema) => inline(MetaSchema { description, ..*schema }),
        reference @ MetaSchemaRef::Reference(_) => {
            inline(MetaSchema { description, all_of: vec![reference], ..MetaSchema::ANY })
        }
    }
}

impl<T: Shape> Shape for Option<T> {
    fn schema() -> MetaSchemaRef {
        nullable(T::schema())
    }
    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

impl<T: Shown> Shown for Option<T> {
    fn shown(self) -> Value {
        self.map_or(Value::Null, Shown::shown)
    }
}

impl<T: Shape> Shape for Maybe<T> {
    fn schema() -> MetaSchemaRef {
        T::schema()
    }
    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

impl<T: Shown> Shown for Maybe<T> {
    const ALWAYS: bool = false;

    fn shown(self) -> Value {
        self.0.shown()
    }
    fn member(self) -> Option<Value> {
        self.0.map(Shown::shown)
    }
}

impl<T: Shape> Shape for Vec<T> {
    fn schema() -> MetaSchemaRef {
        inline(MetaSchema { items: Some(Box::new(T::schema())), ..MetaSchema::new("array") })
    }
    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

impl<T: Shown> Shown for Vec<T> {
    fn shown(self) -> Value {
        self.into_iter().map(Shown::shown).collect()
    }
}
