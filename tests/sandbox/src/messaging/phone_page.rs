//! A phone as a page for whoever wants to hold one: a conversation with our numbers, in a browser.
//!
//! - `GET /phone`: asks which number.
//! - `GET /phone/{e164}`: that number's phone. It reads [`super::inbox`] and writes by
//!   [`super::people`], so all that it does can be done without it.
//!
//! One file, with its script and its style in it; nothing else is loaded from anywhere. What a
//! message holds is set as text, and the policy lets no other script run, should that ever be
//! forgotten.

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::extract::Path;
use axum::http::header;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::inbox;
use crate::reply::Refused;
use crate::world::World;

const PAGE: &str = include_str!("phone.html");

/// Names the page's own script and style by their hashes, so that no other runs. With trusted types
/// a text that is assigned as markup is an error, and not an element.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let [script, style] = ["script", "style"].map(|element| hash(within(PAGE, element)));
    format!(
        "default-src 'none'; script-src '{script}'; style-src '{style}'; img-src data:; connect-src 'self'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
});

pub fn router() -> Router<Arc<World>> {
    Router::new().route("/phone", get(page)).route("/phone/{e164}", get(page_of))
}

async fn page() -> impl IntoResponse {
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY.as_str()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, Html(PAGE))
}

async fn page_of(Path(number): Path<String>) -> Result<impl IntoResponse, Refused> {
    inbox::number_of(&number)?;
    Ok(page().await)
}

/// What is written in the first element of this name, which has no attributes.
fn within<'a>(page: &'a str, element: &str) -> &'a str {
    let inside = page.split_once(&format!("<{element}>")).and_then(|(_, rest)| rest.split_once(&format!("</{element}>")));
    inside.map_or("", |(inside, _)| inside)
}

/// As a policy names what it lets run.
fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_one_script_and_one_style_which_the_policy_names() {
        for element in ["script", "style"] {
            assert_eq!(PAGE.matches(&format!("<{element}")).count(), 1, "{element}");
            let inside = within(PAGE, element);
            assert!(inside.len() > 1_000, "{element}");
            assert!(POLICY.contains(&hash(inside)), "{element}");
        }
        assert!(!POLICY.contains("unsafe"));
        // As a browser computes it.
        assert_eq!(hash("alert(1)"), "sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=");
    }

    #[test]
    fn the_page_loads_nothing_and_makes_markup_of_no_text() {
        for forbidden in
            [" src=", "@import", "url(", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", " style=\"", " onclick"]
        {
            assert!(!PAGE.contains(forbidden), "{forbidden}");
        }
        let links: Vec<_> = PAGE.match_indices(" href=\"").map(|(at, link)| &PAGE[at + link.len()..][..5]).collect();
        assert_eq!(links, ["data:", "/phon"]);
    }
}
