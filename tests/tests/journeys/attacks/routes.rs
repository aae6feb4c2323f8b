//! Which routes there are: the table of functions, and the running API's description of itself.

use crate::stack;
use anyhow::{Context, Result};
use serde_json::Value;

/// A route of the table.
#[derive(Debug, Clone)]
pub struct Route {
    pub method: String,
    pub path: String,
    /// As in the table: `anyone`, `user`, `org_admin`, `support`, `ops`, `provider`.
    pub caller: String,
    pub money: bool,
}

impl Route {
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    pub fn has_param(&self) -> bool {
        self.path.contains('{')
    }

    /// The path with its parameters filled in, in their order: `room|message`.
    pub fn at(&self, ids: &str) -> String {
        let mut path = self.path.clone();
        for id in ids.split('|') {
            let (Some(from), Some(to)) = (path.find('{'), path.find('}')) else { break };
            path.replace_range(from..=to, id);
        }
        path
    }

    /// Whether a role may call it at all: the rule of the router, told a second time on purpose.
    pub fn may(&self, role: &str) -> bool {
        match self.caller.as_str() {
            "user" => role != "nobody",
            "org_admin" => matches!(role, "org_admin" | "admin"),
            "sender" => matches!(role, "org_admin" | "ops" | "admin"),
            "support" => matches!(role, "support" | "ops" | "admin"),
            "ops" => matches!(role, "ops" | "admin"),
            _ => false,
        }
    }
}

/// Every route of `infra/functions.json`, which a test keeps equal to the table.
pub fn table() -> Result<Vec<Route>> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../infra/functions.json"))?;
    let functions: Vec<Value> = serde_json::from_str(&text)?;
    let routes = functions.iter().flat_map(|function| function["trigger"]["routes"].as_array().into_iter().flatten());
    let text = |value: &Value| value.as_str().map(str::to_owned).context("functions.json has another shape now");
    let routes = routes.map(|route| {
        let (method, path, caller) = (text(&route["method"])?, text(&route["path"])?, text(&route["caller"])?);
        Ok(Route { method, path, caller, money: route["money"] == true })
    });
    let routes = routes.collect::<Result<Vec<_>>>()?;
    anyhow::ensure!(routes.len() > 30, "only {} routes were found", routes.len());
    Ok(routes)
}

/// The API's description, as the stack serves it.
pub async fn document() -> Result<Value> {
    let stack = stack()?;
    let document = stack.get(format!("{}/openapi.json", stack.api_url)).await?;
    for route in table()?.iter().filter(|route| route.caller != "provider") {
        let described = &document["paths"][&route.path][route.method.to_lowercase()];
        anyhow::ensure!(described.is_object(), "{} is in the table and not in /openapi.json", route.name());
    }
    Ok(document)
}

/// What is described of a route.
pub fn operation<'a>(document: &'a Value, route: &Route) -> &'a Value {
    &document["paths"][&route.path][route.method.to_lowercase()]
}

/// The schema of a route's JSON body.
pub fn body_schema<'a>(document: &'a Value, route: &Route) -> Option<&'a Value> {
    operation(document, route).pointer("/requestBody/content/application~1json/schema")
}

/// The names of a route's query parameters.
pub fn query<'a>(document: &'a Value, route: &Route) -> Vec<&'a str> {
    let parameters = operation(document, route)["parameters"].as_array().into_iter().flatten();
    parameters.filter(|parameter| parameter["in"] == "query").filter_map(|parameter| parameter["name"].as_str()).collect()
}

/// Follows `$ref`.
pub fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str().and_then(|reference| document.pointer(reference.trim_start_matches('#'))) {
        Some(target) => resolved(document, target),
        None => schema,
    }
}

/// Whether a value is what a schema describes, as far as our schemas go.
pub fn fits(document: &Value, schema: &Value, value: &Value) -> bool {
    let schema = resolved(document, schema);
    if let Some(any) = schema["anyOf"].as_array().or_else(|| schema["oneOf"].as_array())
        && !any.iter().any(|one| fits(document, one, value))
    {
        return false;
    }
    if schema["allOf"].as_array().is_some_and(|all| !all.iter().all(|one| fits(document, one, value))) {
        return false;
    }
    if schema["enum"].as_array().is_some_and(|words| !words.contains(value)) || schema.get("const").is_some_and(|word| word != value) {
        return false;
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one.as_str()],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let is = |kind: &str| match kind {
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        _ => true,
    };
    if !types.is_empty() && !types.iter().any(|kind| is(kind)) {
        return false;
    }
    let below = |name: &str| schema[name].as_f64().zip(value.as_f64()).is_some_and(|(bound, value)| value < bound);
    let above = |name: &str| schema[name].as_f64().zip(value.as_f64()).is_some_and(|(bound, value)| value > bound);
    // A number that fits its `format` nowhere near: the schema names the format only.
    let overflows = schema["format"] == "int64" && value.is_number() && value.as_i64().is_none();
    let length = value.as_str().map(|text| text.chars().count() as u64);
    let long = schema["maxLength"].as_u64().zip(length).is_some_and(|(most, length)| length > most);
    let short = schema["minLength"].as_u64().zip(length).is_some_and(|(least, length)| length < least);
    if below("minimum") || above("maximum") || overflows || long || short {
        return false;
    }
    if let Some(object) = value.as_object() {
        let lacks = schema["required"].as_array().into_iter().flatten().any(|name| !object.contains_key(name.as_str().unwrap_or_default()));
        let unknown = schema["additionalProperties"] == false && object.keys().any(|name| schema["properties"][name].is_null());
        let bad = object.iter().any(|(name, value)| schema["properties"].get(name).is_some_and(|schema| !fits(document, schema, value)));
        return !(lacks || unknown || bad);
    }
    value.as_array().is_none_or(|items| schema.get("items").is_none_or(|schema| items.iter().all(|item| fits(document, schema, item))))
}
