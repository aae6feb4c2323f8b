//! Pages of ours that a link leads to: no script, nothing from elsewhere, nothing kept.

use lambda::Reply;

/// `inside` is markup: whatever in it is not ours is escaped ([`words::html`]).
pub fn page(status: u16, language: &str, inside: &str) -> Reply {
    let html = format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>Kamai</title>\
         <style>body{{font:1.125rem/1.5 sans-serif;margin:3rem auto;padding:0 1rem;max-width:30rem;color:#222}}\
         form{{margin:1.5rem 0}}label{{display:block;margin:.75rem 0}}\
         input{{display:block;width:100%;box-sizing:border-box;margin-top:.25rem}}\
         input,button{{font:inherit;padding:.75rem 1.25rem}}</style></head>\n<body>\n<h1>Kamai</h1>\n{inside}\n</body>\n</html>\n"
    );
    Reply::text(status, "text/html; charset=utf-8", html)
        .with_header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'")
        .with_header("referrer-policy", "no-referrer")
        .with_header("cache-control", "no-store")
}
