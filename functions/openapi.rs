//! The public API as OpenAPI 3.1, derived from the table of functions and the bodies' types.

mod bodies;

use crate::table::{Caller, FUNCTIONS, Route, Trigger};
use domain::notice::Channel;
use lambda::http::problem::ProblemBody;
use schemars::{SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

/// The routes of the public API. Webhooks are the providers' and are described by them.
pub fn routes() -> impl Iterator<Item = &'static Route> {
    FUNCTIONS.iter().flat_map(|function| match function.trigger {
        Trigger::Http { routes } => routes,
        _ => &[],
    })
}

pub fn document() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.definitions_path = "/components/schemas".into());
    let mut schemas = settings.into_generator();
    let problem = schemas.subschema_for::<ProblemBody>().to_value();
    let mut paths: Map<String, Value> = Map::new();
    for route in routes().filter(|route| route.caller != Caller::Provider) {
        let operation = operation(route, &problem, &mut schemas);
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        path[route.method.to_lowercase()] = operation;
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Kamai", "version": "1", "description": "Money for India's gig workers, live. Amounts are integer paise; times are RFC 3339 UTC." },
        "paths": paths,
        "components": {
            "schemas": schemas.take_definitions(true),
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT" } },
        },
    })
}

fn operation(route: &Route, problem: &Value, schemas: &mut SchemaGenerator) -> Value {
    let shape = bodies::of(route, schemas);
    let mut parameters = path_parameters(route.path);
    if route.money {
        parameters.push(json!({ "name": "Idempotency-Key", "in": "header", "required": true,
            "schema": { "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$" } }));
        parameters.push(json!({ "name": "dry_run", "in": "query", "schema": { "type": "boolean", "default": false } }));
    }
    parameters.extend(shape.query);
    let mut responses = Map::new();
    let reply = match shape.reply {
        Some(schema) => json!({ "description": "Done", "content": { shape.media_type: { "schema": schema } } }),
        None => json!({ "description": "Done" }),
    };
    for status in shape.statuses {
        responses.insert((*status).to_owned(), reply.clone());
    }
    let problem = json!({ "description": "A problem (RFC 9457); `code` says which",
        "content": { "application/problem+json": { "schema": problem } } });
    responses.insert("default".to_owned(), problem);
    let mut operation = json!({
        "operationId": operation_id(route),
        "summary": route.summary,
        "parameters": parameters,
        "responses": responses,
        "x-caller": route.caller,
    });
    if route.caller != Caller::Anyone {
        operation["security"] = json!([{ "token": [] }]);
    }
    if let Some(schema) = shape.request {
        operation["requestBody"] = json!({ "required": shape.request_required, "content": { "application/json": { "schema": schema } } });
    }
    operation
}

fn operation_id(route: &Route) -> String {
    let words = route.path.split(['/', '.', '-', '{', '}']).filter(|word| !word.is_empty() && *word != "v1");
    words.fold(route.method.to_lowercase(), |id, word| format!("{id}_{word}"))
}

fn path_parameters(path: &str) -> Vec<Value> {
    let names = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let schema = |name| match name {
        "channel" => json!({ "type": "string", "enum": Channel::ALL.iter().map(|channel| channel.code()).collect::<Vec<_>>() }),
        _ => json!({ "type": "string" }),
    };
    names.map(|name| json!({ "name": name, "in": "path", "required": true, "schema": schema(name) })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_is_described_and_every_reference_leads_somewhere() {
        let document = document();
        for route in routes().filter(|route| route.caller != Caller::Provider) {
            let operation = &document["paths"][route.path][route.method.to_lowercase()];
            assert!(operation["operationId"].is_string(), "{} {}", route.method, route.path);
        }
        let text = document.to_string();
        for reference in text.split("#/components/schemas/").skip(1) {
            let name = reference.split('"').next().unwrap();
            assert!(document["components"]["schemas"][name].is_object(), "{name}");
        }
    }

    #[test]
    fn what_is_described_is_what_the_domain_takes() {
        use domain::{money, rules::Rules};
        let document = document();
        let schemas = &document["components"]["schemas"];
        assert_eq!(schemas["Amount"]["maximum"], money::AMOUNT_MAX);
        assert_eq!(schemas["OpenTransfer"]["properties"]["hold_s"]["maximum"], Rules::default().hold_s_max);
        assert_eq!(schemas["PostRequest"]["properties"]["files"]["maxItems"], Rules::default().attachments_max);
        assert_eq!(schemas["OpenBatch"]["properties"]["lines"]["maxItems"], Rules::default().batch_lines_max);
    }

    #[test]
    fn a_money_route_says_that_it_needs_a_key() {
        let document = document();
        let text = document["paths"]["/v1/payouts"]["post"]["parameters"].to_string();
        assert!(text.contains("Idempotency-Key") && text.contains("dry_run"));
    }
}
