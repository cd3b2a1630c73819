//! The document is made from the handlers, and completed from the table of operations.
use poem_openapi::{OpenApi, registry::MetaSchemaRef};
use serde_json::{Map, Value, json};

use crate::{
    BASE,
    operations::{OPERATIONS, Operation},
    shape::Member,
};

/// What `framework_document` says, with what the framework cannot say: which of the problems each operation
/// has, with their codes, what its query may hold, and that requests take no field that is not described.
pub(crate) fn completed(framework_document: &str) -> Value {
    // The framework wrote this text itself a moment ago.
    let mut document: Value = serde_json::from_str(framework_document).unwrap_or_default();
    close_requests(&mut document);
    for operation in OPERATIONS {
        let path = format!("/paths/{}/{}", escaped(operation.path), operation.method.to_lowercase());
        if let Some(told) = document.pointer_mut(&path) {
            tell_problems(operation, told);
            tell_parameters(told);
            tell_query(operation, told);
        }
    }
    document
}

/// What the framework's parameters mean, wherever they stand.
const PARAMETERS: [(&str, &str); 5] = [
    ("org", "The organization."),
    ("id", "The resource."),
    (
        "Idempotency-Key",
        "1 to 255 visible ASCII characters. Within 24 hours the same key with the same request is answered \
         with the first outcome, and nothing is done again.",
    ),
    ("If-Match", "The `ETag` of what the change rests on."),
    ("If-None-Match", "The `ETag` that the client knows already."),
];

fn tell_parameters(told: &mut Value) {
    for parameter in told["parameters"].as_array_mut().into_iter().flatten() {
        let found = PARAMETERS.iter().find(|(name, _)| parameter["name"] == *name);
        if let Some((_, description)) = found {
            parameter["description"] = Value::from(*description);
        }
    }
}

fn close_requests(document: &mut Value) {
    let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) else {
        return;
    };
    for (name, schema) in schemas {
        if name.ends_with("Request") || name == "Nothing" {
            schema["additionalProperties"] = Value::Bool(false);
        }
    }
}

fn tell_problems(operation: &Operation, told: &mut Value) {
    let codes = operation.codes();
    let Some(responses) = told["responses"].as_object_mut() else { return };
    responses
        .retain(|status, _| !is_problem(status) || codes.iter().any(|(it, _)| *status == it.to_string()));
    for (status, response) in responses.iter_mut().filter(|(status, _)| is_problem(status)) {
        let of_status = codes.iter().filter(|(it, _)| *status == it.to_string());
        let words: Vec<_> = of_status.map(|(_, it)| format!("- `{}`: {}", it.code, it.title)).collect();
        let description = response["description"].as_str().unwrap_or_default();
        response["description"] = format!("{description}\n\n{}", words.join("\n")).into();
        if status == "429" || status == "503" {
            let schema = json!({ "type": "integer" });
            let header = json!({ "description": "In how many seconds to try again.", "schema": schema });
            response["headers"] = json!({ "Retry-After": header });
        }
    }
}

fn tell_query(operation: &Operation, told: &mut Value) {
    let Some(query) = operation.query else { return };
    let described = query().into_iter().map(|Member { name, description, required, schema }| {
        json!({
            "name": name,
            "in": "query",
            "description": description,
            "required": required,
            "schema": schema_value(&schema),
        })
    });
    if let Some(told) = told.as_object_mut() {
        let parameters = told.entry("parameters").or_insert_with(|| Value::Array(Vec::new()));
        if let Some(parameters) = parameters.as_array_mut() {
            parameters.extend(described);
        }
    }
}

/// What may be left out of a query is left out, never `null`.
fn schema_value(schema: &MetaSchemaRef) -> Value {
    let mut value = serde_json::to_value(schema).unwrap_or_default();
    value.as_object_mut().and_then(|it: &mut Map<_, _>| it.remove("nullable"));
    value
}

fn is_problem(status: &str) -> bool {
    status.starts_with(['4', '5'])
}

/// A path as a part of a JSON pointer.
fn escaped(path: &str) -> String {
    format!("{BASE}{path}").replace('~', "~0").replace('/', "~1")
}

/// The document, and the page that shows it.
pub(crate) struct Documents {
    pub(crate) json: String,
    pub(crate) page: String,
}

/// Tells of an API without serving it.
pub(crate) struct Described<Api>(pub(crate) std::marker::PhantomData<fn() -> Api>);

impl<Api: OpenApi> OpenApi for Described<Api> {
    fn meta() -> Vec<poem_openapi::registry::MetaApi> {
        Api::meta()
    }
    fn register(registry: &mut poem_openapi::registry::Registry) {
        Api::register(registry);
    }
    fn add_routes(self, _: &mut Routes) {}
}

type Routes = std::collections::HashMap<
    String,
    std::collections::HashMap<poem::http::Method, poem::endpoint::BoxEndpoint<'static>>,
>;
