//! Pages for a person, without a script: they work on any telephone, and nothing in them runs.

use std::sync::LazyLock;

use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

const STYLE: &str = include_str!("page.css");

static STYLE_HASH: LazyLock<String> = LazyLock::new(|| format!("sha256-{}", STANDARD.encode(Sha256::digest(STYLE))));

/// A page with this in it, which is markup. Its forms lead here, and from here to `leads_to`.
pub fn page(status: StatusCode, title: &str, body: &str, leads_to: Option<&str>) -> Response {
    let title = escape(title);
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\">\
         <link rel=\"icon\" href=\"data:,\"><title>{title}</title><style>{STYLE}</style></head><body><main>{body}</main></body></html>"
    );
    let form_action = leads_to.and_then(origin).map(|origin| format!(" {origin}")).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; style-src '{}'; img-src data:; base-uri 'none'; frame-ancestors 'none'; form-action 'self'{form_action}",
        STYLE_HASH.as_str()
    );
    let headers = [
        (header::CONTENT_SECURITY_POLICY, policy.as_str()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // The address holds a state that is nobody else's to know.
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (status, headers, Html(html)).into_response()
}

/// To somewhere else, by GET.
pub fn see_other(url: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, url), (header::CACHE_CONTROL, "no-store"), (header::REFERRER_POLICY, "no-referrer")])
        .into_response()
}

/// Text as it may stand anywhere in markup.
pub fn escape(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut escaped, sign| {
        match sign {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(sign),
        }
        escaped
    })
}

pub fn hidden(name: &str, value: &str) -> String {
    format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">", escape(name), escape(value))
}

/// What a policy names an address by: its origin, or an app's own scheme.
fn origin(url: &str) -> Option<String> {
    let url = reqwest::Url::parse(url).ok()?;
    Some(if url.origin().is_tuple() { url.origin().ascii_serialization() } else { format!("{}:", url.scheme()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_stranger_wrote_stays_text() {
        assert_eq!(escape(r#"<img src=x onerror='a("b")'>&"#), "&lt;img src=x onerror=&#39;a(&quot;b&quot;)&#39;&gt;&amp;");
    }

    #[test]
    fn a_policy_lets_forms_lead_back_to_an_app_and_nothing_run() {
        assert_eq!(origin("https://app.example/back?x=1").as_deref(), Some("https://app.example"));
        assert_eq!(origin("kamai://bank/back").as_deref(), Some("kamai:"));
        let answer = page(StatusCode::OK, "t", "b", Some("https://app.example/back"));
        let policy = answer.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.ends_with("form-action 'self' https://app.example") && !policy.contains("script"), "{policy}");
    }
}
