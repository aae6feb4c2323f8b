//! What Groq takes for a question, and what it refuses. Source: the sheet, section 2.1.

use serde_json::{Map, Value};

use super::Refused;
use super::catalogue::{self, Use};
use crate::config;

const TOOLS_MAX: usize = 128;
const COMPLETION_TOKENS_MAX: u64 = 65_536;

/// What is taken and of no consequence here.
const TAKEN: [&str; 7] = ["top_p", "seed", "stop", "user", "response_format", "service_tier", "disable_tool_validation"];

/// A sound question, as far as an answer depends on it.
#[derive(Debug)]
pub struct Ask {
    pub model: String,
    /// The user's last message.
    pub said: String,
    pub tools: Vec<Offered>,
}

/// A tool on offer.
#[derive(Debug, Clone)]
pub struct Offered {
    pub name: String,
    pub parameters: Value,
}

pub fn read(body: &Value, config: &config::Llm) -> Result<Ask, Refused> {
    let body = body.as_object().ok_or_else(Refused::not_json)?;
    let model = body.get("model").and_then(Value::as_str).ok_or_else(|| Refused::invalid("model", "is required"))?;
    catalogue::require(config, model, Use::Chat)?;
    let messages = body.get("messages").and_then(Value::as_array).filter(|messages| !messages.is_empty());
    let messages = messages.ok_or_else(|| Refused::invalid("messages", "minimum number of items is 1"))?;
    let mut said = String::new();
    for (place, message) in messages.iter().enumerate() {
        if let Some(text) = check_message(place, message)? {
            said = text;
        }
    }
    let tools = body.get("tools").map(tools).transpose()?.unwrap_or_default();
    for (name, value) in body {
        check_parameter(name, value, &tools)?;
    }
    if body.contains_key("include_reasoning") && body.contains_key("reasoning_format") {
        return Err(Refused::invalid("include_reasoning", "cannot be used together with `reasoning_format`"));
    }
    Ok(Ask { model: model.to_owned(), said, tools })
}

/// The text, where it is a user's.
fn check_message(place: usize, message: &Value) -> Result<Option<String>, Refused> {
    let at = |field: &str| format!("messages.{place}.{field}");
    let content = text(&message["content"]);
    if message.get("name").is_some() {
        return Err(Refused::invalid(at("name"), "property 'name' is unsupported"));
    }
    let required = || Refused::invalid(at("content"), "value must be a string");
    match message["role"].as_str() {
        Some("system" | "developer") => content.map(|_| None).ok_or_else(required),
        Some("user") => content.map(Some).ok_or_else(required),
        Some("assistant") => {
            if content.is_none() && !message["tool_calls"].is_array() {
                Err(required())
            } else {
                Ok(None)
            }
        }
        Some("tool") => {
            if !message["tool_call_id"].is_string() {
                return Err(Refused::invalid(at("tool_call_id"), "is required"));
            }
            content.map(|_| None).ok_or_else(required)
        }
        _ => Err(Refused::invalid(at("role"), "discriminator property has an invalid value")),
    }
}

/// A text, or its parts.
fn text(content: &Value) -> Option<String> {
    match content {
        Value::String(text) => Some(text.clone()),
        Value::Array(parts) => parts.iter().map(|part| part["text"].as_str()).collect(),
        _ => None,
    }
}

fn check_parameter(name: &str, value: &Value, tools: &[Offered]) -> Result<(), Refused> {
    let holds = |holds: bool, rule: &str| if holds { Ok(()) } else { Err(Refused::invalid(name, rule)) };
    match name {
        "model" | "messages" | "tools" => Ok(()),
        "temperature" => holds(value.as_f64().is_some_and(|number| (0.0..=2.0).contains(&number)), "must be between 0 and 2"),
        "max_completion_tokens" | "max_tokens" => {
            holds(value.as_u64().is_some_and(|number| (1..=COMPLETION_TOKENS_MAX).contains(&number)), "must be between 1 and 65536")
        }
        "n" => holds(*value == 1, "number must be at most 1"),
        "stream" => holds(*value == false, "the sandbox does not stream"),
        "parallel_tool_calls" | "include_reasoning" => holds(value.is_boolean(), "value must be a boolean"),
        "reasoning_format" => holds(matches!(value.as_str(), Some("hidden" | "parsed")), "must be `hidden` or `parsed`"),
        "reasoning_effort" => holds(matches!(value.as_str(), Some("low" | "medium" | "high")), "must be one of `low`, `medium`, or `high`"),
        "tool_choice" => {
            let named = value["function"]["name"].as_str().is_some_and(|name| tools.iter().any(|tool| tool.name == name));
            let word = matches!(value.as_str(), Some("none" | "auto" | "required"));
            holds(!tools.is_empty() || *value == "none", "`tool_choice` is only allowed with `tools`")?;
            holds(named || word, "must be `none`, `auto`, `required` or a tool")
        }
        _ => holds(TAKEN.contains(&name), &format!("property '{name}' is unsupported")),
    }
}

fn tools(value: &Value) -> Result<Vec<Offered>, Refused> {
    let list = value.as_array().filter(|list| (1..=TOOLS_MAX).contains(&list.len()));
    let list = list.ok_or_else(|| Refused::invalid("tools", "must be 1 to 128 tools"))?;
    list.iter().enumerate().map(|(place, tool)| offered(place, tool)).collect()
}

fn offered(place: usize, tool: &Value) -> Result<Offered, Refused> {
    let invalid = |field: &str, rule: &str| Refused::invalid(format!("tools.{place}.{field}"), rule);
    if tool["type"] != "function" {
        return Err(invalid("type", "must be `function`"));
    }
    let function = tool["function"].as_object().ok_or_else(|| invalid("function", "is required"))?;
    let known = ["name", "description", "parameters", "strict"];
    if let Some(odd) = function.keys().find(|key| !known.contains(&key.as_str())) {
        return Err(invalid(odd, "is unsupported"));
    }
    let is_name = |name: &&str| {
        (1..=64).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    };
    let name = function.get("name").and_then(Value::as_str).filter(is_name);
    let name = name.ok_or_else(|| invalid("function.name", "must match ^[a-zA-Z0-9_-]{1,64}$"))?;
    if !function.get("description").is_none_or(Value::is_string) {
        return Err(invalid("function.description", "value must be a string"));
    }
    let parameters = function.get("parameters").cloned().unwrap_or_else(|| Value::Object(Map::new()));
    check_schema(&parameters).map_err(|rule| invalid("function.parameters", rule))?;
    Ok(Offered { name: name.to_owned(), parameters })
}

/// As far as a schema that goes wrong does so in life.
fn check_schema(schema: &Value) -> Result<(), &'static str> {
    let schema = schema.as_object().ok_or("must be a JSON Schema object")?;
    if schema.is_empty() {
        return Ok(());
    }
    if schema.get("type").is_none_or(|kind| kind != "object") {
        return Err("`type` must be `object`");
    }
    let properties = match schema.get("properties") {
        None => &Map::new(),
        Some(properties) => properties.as_object().ok_or("`properties` must be an object")?,
    };
    if !properties.values().all(Value::is_object) {
        return Err("each property must be a schema");
    }
    let Some(required) = schema.get("required") else { return Ok(()) };
    let required = required.as_array().ok_or("`required` must be an array")?;
    let known = |name: &Value| name.as_str().is_some_and(|name| properties.contains_key(name));
    if required.iter().all(known) { Ok(()) } else { Err("`required` names a property that there is not") }
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;
    use serde_json::json;

    use super::*;

    fn sound() -> Value {
        json!({
            "model": "openai/gpt-oss-120b",
            "messages": [
                {"role": "system", "content": "You understand."},
                {"role": "user", "content": "hi"},
                {"role": "assistant", "content": null, "tool_calls": []},
                {"role": "tool", "tool_call_id": "call_1", "content": "{}"},
                {"role": "user", "content": [{"type": "text", "text": "balance?"}]},
            ],
            "temperature": 0.1,
            "max_completion_tokens": 512,
            "include_reasoning": false,
            "parallel_tool_calls": true,
            "tool_choice": "auto",
            "tools": [{"type": "function", "function": {"name": "get_balance", "description": "b", "parameters":
                {"type": "object", "properties": {"account": {"type": "string"}}, "required": ["account"]}}}],
        })
    }

    #[track_caller]
    fn status(change: impl FnOnce(&mut Value)) -> u16 {
        let mut body = sound();
        change(&mut body);
        let refused = read(&body, &config::Llm::default()).unwrap_err();
        refused.into_response().status().as_u16()
    }

    #[test]
    fn a_sound_question_is_read() {
        let ask = read(&sound(), &config::Llm::default()).unwrap();
        assert_eq!((ask.model.as_str(), ask.said.as_str()), ("openai/gpt-oss-120b", "balance?"));
        assert_eq!(ask.tools[0].name, "get_balance");
    }

    #[test]
    fn only_models_that_there_are_answer() {
        assert_eq!(status(|body| body["model"] = json!("llama-3.3-70b-versatile")), 404);
        assert_eq!(status(|body| body["model"] = json!("mixtral-8x7b-32768")), 400);
        assert_eq!(status(|body| body["model"] = json!("whisper-large-v3")), 400);
        assert_eq!(status(|body| drop(body.as_object_mut().unwrap().remove("model"))), 400);
    }

    #[test]
    fn what_is_not_supported_is_refused() {
        for (name, value) in [
            ("logprobs", json!(true)),
            ("logit_bias", json!({})),
            ("no_such_thing", json!(1)),
            ("n", json!(2)),
            ("temperature", json!(2.5)),
            ("max_completion_tokens", json!(0)),
            ("reasoning_effort", json!("none")),
            ("reasoning_format", json!("hidden")),
            ("stream", json!(true)),
            ("tool_choice", json!({"type": "function", "function": {"name": "other"}})),
            ("messages", json!([])),
            ("messages", json!([{"role": "user"}])),
            ("messages", json!([{"role": "robot", "content": "a"}])),
            ("messages", json!([{"role": "user", "content": "a", "name": "Ravi"}])),
            ("messages", json!([{"role": "tool", "content": "a"}])),
        ] {
            assert_eq!(status(|body| body[name] = value.clone()), 400, "{name} {value}");
        }
    }

    #[test]
    fn a_tool_that_is_none_is_refused() {
        for (path, value) in [
            ("/tools/0/type", json!("tool")),
            ("/tools/0/function", json!("get_balance")),
            ("/tools/0/function/name", json!("get balance")),
            ("/tools/0/function/description", json!(1)),
            ("/tools/0/function/parameters", json!([])),
            ("/tools/0/function/parameters/type", json!("string")),
            ("/tools/0/function/parameters/properties", json!({"account": "string"})),
            ("/tools/0/function/parameters/required", json!(["amount"])),
            ("/tools", json!([])),
        ] {
            assert_eq!(status(|body| *body.pointer_mut(path).unwrap() = value.clone()), 400, "{path} {value}");
        }
        assert_eq!(status(|body| drop(body.as_object_mut().unwrap().remove("tools"))), 400, "a choice without tools");
    }
}
