//! One list of fields makes the struct, what is read or shown, and what the document says of it.

/// An object that clients send: every field is a [`Field`](crate::body::Field), and nothing else is taken.
macro_rules! request {
    (
        $(#[doc = $doc:literal])*
        $vis:vis struct $name:ident {
            $($(#[doc = $field_doc:literal])+ $field:ident: $type:ty),+ $(,)?
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug)]
        $vis struct $name { $($(#[doc = $field_doc])+ $vis $field: $type),* }

        impl $crate::shape::Members for $name {
            fn members() -> Vec<$crate::shape::Member> {
                vec![$($crate::shape::Member {
                    name: stringify!($field),
                    description: concat!($($field_doc),+).trim_ascii(),
                    required: <$type as $crate::body::Field>::REQUIRED,
                    schema: <$type as $crate::shape::Shape>::schema(),
                }),*]
            }
        }

        impl $crate::shape::Shape for $name {
            fn schema() -> poem_openapi::registry::MetaSchemaRef {
                poem_openapi::registry::MetaSchemaRef::Reference(stringify!($name).into())
            }
            fn register(registry: &mut poem_openapi::registry::Registry) {
                $(<$type as $crate::shape::Shape>::register(registry);)*
                registry.create_schema::<Self, _>(stringify!($name).into(), |_| {
                    let members = <Self as $crate::shape::Members>::members();
                    $crate::shape::object(concat!($($doc),*).trim_ascii(), members)
                });
            }
        }

        impl $crate::body::Field for $name {
            fn read(json: $crate::body::Json, reading: &mut $crate::body::Reading<'_>) -> Option<Self> {
                let mut members = reading.object(json)?;
                $(let $field = members.take(stringify!($field), reading);)*
                members.end(reading);
                Some(Self { $($field: $field?),* })
            }
        }
    };
}

/// An object that clients are shown: every field is [`Shown`](crate::shape::Shown), and there unless it is a [`Maybe`](crate::shape::Maybe).
macro_rules! reply {
    (
        $(#[doc = $doc:literal])*
        $vis:vis struct $name:ident {
            $($(#[doc = $field_doc:literal])+ $field:ident: $type:ty),+ $(,)?
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug)]
        $vis struct $name { $($(#[doc = $field_doc])+ $vis $field: $type),* }

        impl $crate::shape::Shape for $name {
            fn schema() -> poem_openapi::registry::MetaSchemaRef {
                poem_openapi::registry::MetaSchemaRef::Reference(stringify!($name).into())
            }
            fn register(registry: &mut poem_openapi::registry::Registry) {
                $(<$type as $crate::shape::Shape>::register(registry);)*
                registry.create_schema::<Self, _>(stringify!($name).into(), |_| {
                    let members = vec![$($crate::shape::Member {
                        name: stringify!($field),
                        description: concat!($($field_doc),+).trim_ascii(),
                        required: <$type as $crate::shape::Shown>::ALWAYS,
                        schema: <$type as $crate::shape::Shape>::schema(),
                    }),*];
                    $crate::shape::object(concat!($($doc),*).trim_ascii(), members)
                });
            }
        }

        impl $crate::shape::Shown for $name {
            fn shown(self) -> serde_json::Value {
                let members = [$((stringify!($field), $crate::shape::Shown::member(self.$field))),+];
                let there = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
                serde_json::Value::Object(there.collect())
            }
        }
    };
}

pub(crate) use {reply, request};
