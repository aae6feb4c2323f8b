//! The phone as a page.

use anyhow::{Context, Result};
use reqwest::{Method, Response};
use serde_json::Value;

use crate::harness::Stage;

async fn open(stage: &Stage, path: &str) -> Result<Response> {
    Ok(stage.request(Method::GET, path, Value::Null, &[]).send().await?)
}

#[tokio::test]
async fn a_phone_is_a_page_that_runs_nothing_but_its_own_script() -> Result<()> {
    let stage = Stage::set().await?;
    let mut pages = Vec::new();
    for path in ["/phone", "/phone/+919876543210", "/phone/%2B919876543210", "/phone/919876543210"] {
        let page = open(&stage, path).await?;
        assert_eq!(page.status(), 200, "{path}");
        let header = |name: &str| page.headers().get(name).and_then(|value| value.to_str().ok()).context(name.to_owned());
        assert_eq!(header("content-type")?, "text/html; charset=utf-8");
        assert_eq!(header("x-content-type-options")?, "nosniff");
        assert_eq!(header("referrer-policy")?, "no-referrer");
        assert_eq!(header("cache-control")?, "no-store");
        let policy = header("content-security-policy")?;
        assert!(policy.starts_with("default-src 'none'; script-src 'sha256-"), "{policy}");
        assert!(policy.contains("connect-src 'self'") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(!policy.contains("unsafe") && !policy.contains('*'), "{policy}");
        pages.push(page.text().await?);
    }
    assert!(pages[0].starts_with("<!doctype html>"));
    assert!(pages.iter().all(|page| *page == pages[0]), "one file, whoever's phone it is");
    Ok(())
}

#[tokio::test]
async fn a_phone_without_a_number_is_refused() -> Result<()> {
    let stage = Stage::set().await?;
    for path in ["/phone/ravi", "/phone/%3Cscript%3E", "/phone/0919876543210"] {
        let refused = open(&stage, path).await?;
        assert_eq!(refused.status(), 400, "{path}");
        assert_eq!(refused.headers()["content-type"], "application/json");
    }
    assert_eq!(open(&stage, "/phone/919876543210/more").await?.status(), 404);
    Ok(())
}
