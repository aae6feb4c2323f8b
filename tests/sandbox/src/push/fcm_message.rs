//! What FCM takes for a message.
//!
//! Source: the push sheet, A2.

use serde_json::Value;

use super::fcm::Refused;

const PAYLOAD_BYTES_MAX: usize = 4096;
const TTL_SECONDS_MAX: f64 = 28.0 * 86_400.0;

#[derive(Debug)]
pub struct Sending {
    /// The token, or the installation id.
    pub device: String,
    pub message: Value,
    pub validate_only: bool,
}

pub fn read(body: &Value) -> Result<Sending, Refused> {
    let message = body.get("message").filter(|message| message.is_object()).ok_or_else(|| Refused::invalid("message is required"))?;
    let targets: Vec<_> = ["token", "fid", "topic", "condition"].into_iter().filter_map(|name| Some((name, message.get(name)?))).collect();
    let device = match targets.as_slice() {
        [("token" | "fid", Value::String(device))] if !device.is_empty() => device.clone(),
        [(name @ ("topic" | "condition"), _)] => return Err(Refused::invalid(format!("the sandbox plays no {name}"))),
        _ => return Err(Refused::invalid("Exactly one of token, fid, topic or condition is required")),
    };
    data(&message["data"])?;
    android(&message["android"])?;
    apns(&message["apns"]["headers"])?;
    let payload: usize = ["notification", "data"].iter().filter_map(|part| message.get(part)).map(|part| part.to_string().len()).sum();
    if payload > PAYLOAD_BYTES_MAX {
        return Err(Refused::invalid("Android message is too big"));
    }
    Ok(Sending { device, message: message.clone(), validate_only: body["validate_only"] == true })
}

fn data(data: &Value) -> Result<(), Refused> {
    let Value::Object(data) = data else {
        return if data.is_null() { Ok(()) } else { Err(Refused::invalid("Invalid value at 'message.data'")) };
    };
    for (key, value) in data {
        if !value.is_string() {
            return Err(Refused::invalid(format!("Invalid value at 'message.data[{key}].value' (TYPE_STRING)")));
        }
        if key.is_empty() || key == "from" || key == "message_type" || key.starts_with("google.") || key.starts_with("gcm.") {
            return Err(Refused::invalid(format!("Invalid data payload key: {key}")));
        }
    }
    Ok(())
}

fn android(android: &Value) -> Result<(), Refused> {
    if let Some(ttl) = android.get("ttl") {
        let seconds = ttl.as_str().and_then(|ttl| ttl.strip_suffix('s')?.parse::<f64>().ok());
        if !seconds.is_some_and(|seconds| (0.0..=TTL_SECONDS_MAX).contains(&seconds)) {
            return Err(Refused::invalid("Invalid value at 'message.android.ttl' (type.googleapis.com/google.protobuf.Duration)"));
        }
    }
    match android.get("priority").map(Value::as_str) {
        None | Some(Some("normal" | "NORMAL" | "high" | "HIGH")) => Ok(()),
        Some(_) => Err(Refused::invalid("Invalid value at 'message.android.priority'")),
    }
}

fn apns(headers: &Value) -> Result<(), Refused> {
    let headers = headers.as_object().into_iter().flatten();
    match headers.into_iter().find(|(_, value)| !value.is_string()) {
        Some((name, _)) => Err(Refused::invalid(format!("Invalid value at 'message.apns.headers[{name}].value' (TYPE_STRING)"))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn one_device_is_the_target() {
        assert_eq!(read(&json!({ "message": { "token": "d1" } })).unwrap().device, "d1");
        assert_eq!(read(&json!({ "message": { "fid": "f1" } })).unwrap().device, "f1");
        for message in
            [json!({}), json!({ "token": "" }), json!({ "token": "d1", "fid": "f1" }), json!({ "token": 1 }), json!({ "topic": "t" })]
        {
            assert!(read(&json!({ "message": message })).is_err(), "{message}");
        }
        assert!(read(&json!({})).is_err());
    }

    #[test]
    fn what_google_refuses_is_refused() {
        for (part, value) in [
            ("data", json!({ "n": 1 })),
            ("data", json!({ "from": "x" })),
            ("data", json!({ "gcm.x": "x" })),
            ("data", json!([])),
            ("data", json!({ "x": "x".repeat(4096) })),
            ("android", json!({ "ttl": "3600" })),
            ("android", json!({ "ttl": "-1s" })),
            ("android", json!({ "ttl": "2419201s" })),
            ("android", json!({ "priority": "urgent" })),
            ("apns", json!({ "headers": { "apns-priority": 10 } })),
        ] {
            let mut message = json!({ "token": "d1" });
            message[part] = value;
            assert!(read(&json!({ "message": message })).is_err(), "{message}");
        }
        let whole = json!({ "token": "d1", "data": { "a": "b" }, "android": { "ttl": "0s", "priority": "high" }, "apns": { "headers": { "apns-priority": "10" } } });
        assert!(read(&json!({ "message": whole })).is_ok());
    }
}
