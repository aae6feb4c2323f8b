use std::time::Duration;

use super::test_server::{Act, MailServer, Script, Wire};
use super::*;
use crate::email::{MessageId, Purpose};
use crate::test_server;

fn config(url: &str) -> Config {
    Config {
        server: Server::parse(url).unwrap(),
        username: "AKIAEXAMPLE".into(),
        password: Secret::new("hunter2").unwrap(),
        from: EmailAddress::parse("no-reply@kamai.example").unwrap(),
        from_name: Some("Kamai".into()),
        configuration_set: None,
        extra_root_pem: None,
        timeouts: Timeouts::default(),
    }
}

/// For tests in which the server never answers.
fn impatient(config: Config) -> Config {
    Config { timeouts: Timeouts { connect: Duration::from_millis(300), total: Duration::from_millis(300) }, ..config }
}

fn mail() -> Email<'static> {
    Email {
        message_id: Box::leak(Box::new(MessageId::new("ntf_01J8", "kamai.example").unwrap())),
        to: Box::leak(Box::new(EmailAddress::parse("asha@example.com").unwrap())),
        subject: "You were paid",
        text: "Rs.250 from Ravi.",
        html: None,
        attachments: &[],
        purpose: Purpose::Transactional,
        written_at: 784_887_151,
    }
}

async fn send(config: &Config) -> Result<Accepted, SendError> {
    Client::new(config).unwrap().send(&mail()).await
}

/// What comes of a mail to a server with this script, in clear text.
async fn outcome(script: Script) -> Result<Accepted, SendError> {
    let server = MailServer::start(Wire::Plain, script).await;
    send(&config(&format!("smtp://127.0.0.1:{}", server.port))).await
}

#[tokio::test]
async fn a_mail_is_handed_in_step_by_step() {
    let server = MailServer::start(Wire::Plain, &[]).await;
    let accepted = send(&config(&format!("smtp://127.0.0.1:{}", server.port))).await.unwrap();
    assert_eq!(accepted.message_id.as_str(), "<ntf_01J8@kamai.example>");
    assert_eq!(accepted.provider_id.as_deref(), Some("0109018e-1234-000000"));
    let seen = server.seen();
    assert_eq!(
        seen[..5],
        [
            "EHLO kamai.example",
            // base64 of "\0AKIAEXAMPLE\0hunter2"
            "AUTH PLAIN AEFLSUFFWEFNUExFAGh1bnRlcjI=",
            "MAIL FROM:<no-reply@kamai.example>",
            "RCPT TO:<asha@example.com>",
            "DATA"
        ]
    );
    assert!(seen[5].contains("\r\nMessage-ID: <ntf_01J8@kamai.example>\r\n") && seen[5].contains("Rs.250 from Ravi."));
    assert_eq!(seen[6], "QUIT");
}

#[tokio::test]
async fn a_mail_to_another_server_has_no_provider_id() {
    let accepted = outcome(&[("CONTENT", Act::Say("250 2.0.0 Ok: queued as 4XYZ"))]).await.unwrap();
    assert_eq!(accepted.provider_id, None);
}

#[tokio::test]
async fn a_goodbye_that_fails_changes_nothing() {
    assert!(outcome(&[("QUIT", Act::HangUp)]).await.is_ok());
    assert!(outcome(&[("QUIT", Act::Say("421 Too late"))]).await.is_ok());
}

#[tokio::test]
async fn a_no_is_known_by_its_step_and_code() {
    for (script, text) in [
        (&[("GREETING", Act::Say("421 4.3.2 Busy"))] as Script, "not now: 421 4.3.2 at the greeting"),
        (&[("GREETING", Act::Say("554 Not you"))], "we are refused: 554 at the greeting"),
        (&[("AUTH", Act::Say("535 Authentication Credentials Invalid"))], "we are refused: 535 at the log-in"),
        (&[("AUTH", Act::Say("454 4.7.0 Temporary authentication failure"))], "not now: 454 4.7.0 at the log-in"),
        (&[("MAIL", Act::Say("454 Throttling failure: Maximum sending rate exceeded."))], "not now: over the sending rate"),
        (&[("RCPT", Act::Say("450 4.2.1 Greylisted"))], "not now: 450 4.2.1 at the recipient"),
        (
            &[("RCPT", Act::Say("550-5.1.1 <asha@example.com>\r\n550 5.1.1 unknown"))],
            "the recipient is refused: 550 5.1.1 at the recipient",
        ),
        (&[("DATA", Act::Say("451 4.3.0 Try later"))], "not now: 451 4.3.0 at the content"),
        (&[("CONTENT", Act::Say("454 Throttling failure: Daily message quota exceeded."))], "not now: over the day's quota"),
        (&[("CONTENT", Act::Say("552 5.3.4 Message too long"))], "the message is refused: 552 5.3.4 at the content"),
        (&[("CONTENT", Act::Say("554 Message rejected: Email address is not verified."))], "we are refused: 554 at the content"),
    ] {
        let error = outcome(script).await.unwrap_err();
        assert_eq!(error.to_string(), text);
        assert!(!error.may_have_been_sent());
    }
}

#[tokio::test]
async fn what_breaks_before_the_content_was_not_sent() {
    for step in ["GREETING", "EHLO", "AUTH", "MAIL", "RCPT", "DATA"] {
        let script: Script = Box::leak(Box::new([(step, Act::HangUp)]));
        let error = outcome(script).await.unwrap_err();
        assert!(error.retryable() && !error.may_have_been_sent(), "{step}: {error}");
    }
    let closed = test_server::closed_port().await.replace("http://", "smtp://");
    let error = send(&config(&closed)).await.unwrap_err();
    assert!(matches!(error, SendError::Later { why: Delay::Unreachable(_) }), "{error}");
}

#[tokio::test]
async fn what_breaks_after_the_content_is_unknown() {
    for act in [Act::HangUp, Act::Say("354 Go on"), Act::Say("hello asha@example.com")] {
        let script: Script = Box::leak(Box::new([("CONTENT", act)]));
        let error = outcome(script).await.unwrap_err();
        assert!(error.may_have_been_sent() && !error.retryable(), "{error}");
        assert!(!format!("{error} {error:?}").contains("asha"), "{error}");
    }
}

#[tokio::test]
async fn silence_is_known_by_its_step() {
    for (step, perhaps_sent) in [("GREETING", false), ("RCPT", false), ("CONTENT", true)] {
        let script: Script = Box::leak(Box::new([(step, Act::Silence)]));
        let server = MailServer::start(Wire::Plain, script).await;
        let config = impatient(config(&format!("smtp://127.0.0.1:{}", server.port)));
        let error = send(&config).await.unwrap_err();
        assert_eq!(error.may_have_been_sent(), perhaps_sent, "{step}: {error}");
    }
}

#[tokio::test]
async fn encrypted_modes_trust_the_roots_they_were_given_and_no_other() {
    for (wire, scheme) in [(Wire::Implicit, "smtps"), (Wire::StartTls, "smtp+starttls")] {
        let server = MailServer::start(wire, &[]).await;
        let stranger = config(&format!("{scheme}://localhost:{}", server.port));
        let error = send(&stranger).await.unwrap_err();
        assert!(matches!(error, SendError::Later { why: Delay::Unreachable(_) }), "{error}");
        let friend = Config { extra_root_pem: Some(server.certificate_pem.clone()), ..stranger };
        send(&friend).await.unwrap();
        assert_eq!(server.mails().len(), 1);
    }
}

#[tokio::test]
async fn without_the_encryption_that_was_asked_for_there_is_no_mail() {
    let server = MailServer::start(Wire::Plain, &[]).await;
    let error = send(&config(&format!("smtp+starttls://localhost:{}", server.port))).await.unwrap_err();
    assert_eq!(error, SendError::Ours { why: OurFault::NoEncryption });
    assert_eq!(server.seen()[..], ["EHLO kamai.example"]);

    let server = MailServer::start(Wire::StartTls, &[("STARTTLS", Act::Say("454 TLS not available"))]).await;
    assert!(send(&config(&format!("smtp+starttls://localhost:{}", server.port))).await.is_err());
    assert!(!server.seen().iter().any(|line| line.starts_with("AUTH")));
}

/// The reply to STARTTLS and, behind it, replies that a man in the middle wrote.
const INJECTED: &str = "220 Go ahead\r\n250-mail.example\r\n250 AUTH PLAIN\r\n235 Ok\r\n250 Ok\r\n250 Ok\r\n354 Go\r\n250 Ok 0109018e";

#[tokio::test]
async fn replies_injected_before_the_encryption_are_not_believed() {
    let server = MailServer::start(Wire::StartTls, &[("STARTTLS", Act::Say(INJECTED))]).await;
    let url = format!("smtp+starttls://localhost:{}", server.port);
    let error = send(&Config { extra_root_pem: Some(server.certificate_pem.clone()), ..config(&url) }).await.unwrap_err();
    assert!(matches!(error, SendError::Later { why: Delay::Unreachable(_) }), "{error}");
}

#[tokio::test]
async fn a_server_without_a_log_in_is_our_mistake() {
    let error = outcome(&[("EHLO", Act::Say("250 mail.example"))]).await.unwrap_err();
    assert_eq!(error, SendError::Ours { why: OurFault::NoAuthentication });
}

#[tokio::test]
async fn a_mail_that_breaks_a_rule_never_leaves() {
    let server = MailServer::start(Wire::Plain, &[]).await;
    let client = Client::new(&config(&format!("smtp://127.0.0.1:{}", server.port))).unwrap();
    let error = client.send(&Email { subject: "Hi\r\nBcc: x@example.com", ..mail() }).await.unwrap_err();
    assert!(matches!(error, SendError::Invalid(_)) && !error.retryable());
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_line_of_one_dot_does_not_end_the_mail() {
    let server = MailServer::start(Wire::Plain, &[]).await;
    let client = Client::new(&config(&format!("smtp://127.0.0.1:{}", server.port))).unwrap();
    client.send(&Email { text: "one\n.\nRCPT TO:<x@example.com>\n", ..mail() }).await.unwrap();
    assert!(server.mails()[0].contains("one\r\n..\r\nRCPT"), "{:?}", server.mails());
}

#[test]
fn a_configuration_that_cannot_work_is_refused() {
    let good = || config("smtps://mail.example:465");
    assert!(Client::new(&good()).is_ok());
    for bad in [
        Config { username: String::new(), ..good() },
        Config { username: "a\r\nb".into(), ..good() },
        Config { password: Secret::new("a\u{0}b").unwrap(), ..good() },
        Config { from_name: Some("a\r\nb".into()), ..good() },
        Config { configuration_set: Some("a b".into()), ..good() },
        Config { extra_root_pem: Some("none".into()), ..good() },
        Config { extra_root_pem: Some("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".into()), ..good() },
    ] {
        assert!(Client::new(&bad).is_err(), "{bad:?}");
    }
}

#[test]
fn a_client_does_not_print_its_password() {
    let config = config("smtps://mail.example:465");
    assert!(!format!("{config:?} {:?}", Client::new(&config).unwrap()).contains("hunter2"));
}
