//! Mail, and what SES tells of it, as our own clients meet them.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use providers::call::{Http, Timeouts};
use providers::email::ses::{Action, Feedback, FeedbackKind};
use providers::email::smtp::{Accepted, Client, Delay, OurFault, SendError, Server};
use providers::email::sns::{Confirmation, Message, Refused, Verifier};
use providers::email::{Attachment, Email, EmailAddress, Html, MediaType, MessageId, Purpose, Unsubscribe, smtp};
use providers::secret::Secret;
use reqwest::Method;
use sandbox::clock;
use serde_json::{Value, json};

use crate::harness::{Hook, Stage, eventually};

const MESSAGE_ID: &str = "<ntf_1@kamai.example>";

fn settings(stage: &Stage) -> Result<smtp::Config> {
    let email = &stage.config.email;
    Ok(smtp::Config {
        server: Server::parse(&format!("smtp://{}", stage.sandbox.smtp_address()))?,
        username: email.smtp_username.clone(),
        password: Secret::new(&email.smtp_password)?,
        from: EmailAddress::parse("no-reply@kamai.example")?,
        from_name: Some("Kamai".into()),
        configuration_set: None,
        extra_root_pem: None,
        timeouts: Timeouts { connect: Duration::from_secs(20), total: Duration::from_secs(20) },
    })
}

async fn send_with(settings: &smtp::Config, to: &str) -> Result<Result<Accepted, SendError>> {
    let email = Email {
        message_id: &MessageId::new("ntf_1", "kamai.example")?,
        to: &EmailAddress::parse(to)?,
        subject: "You were paid",
        text: "Rs.250",
        html: None,
        attachments: &[],
        purpose: Purpose::Transactional,
        written_at: clock::unix_seconds(),
    };
    Ok(Client::new(settings)?.send(&email).await)
}

async fn send(stage: &Stage, to: &str) -> Result<Result<Accepted, SendError>> {
    send_with(&settings(stage)?, to).await
}

fn at_simulator(name: &str) -> String {
    format!("{name}@simulator.amazonses.com")
}

async fn mailbox(stage: &Stage, address: &str) -> Result<Vec<Value>> {
    stage.items(&format!("/mailboxes/{address}/messages")).await
}

async fn verify(stage: &Stage, hook: &Hook) -> Result<Result<Message, Refused>> {
    let http = Http::new(Timeouts::default())?;
    let verifier = Verifier::new(http, &stage.config.email.topic_arn, Some(&format!("{}/sns/", stage.sandbox.url())))?;
    Ok(verifier.verify(&hook.raw, clock::unix_seconds()).await)
}

/// Waits for so many reports, and believes each.
async fn feedback(stage: &Stage, count: usize) -> Result<Vec<Feedback>> {
    let hooks = eventually(async || Ok(Some(stage.hooks.all()).filter(|hooks| hooks.len() >= count))).await?;
    let mut reports = Vec::new();
    for hook in &hooks {
        let Message::Notification(notification) = verify(stage, hook).await?? else { bail!("{:?}", hook.body) };
        reports.push(Feedback::parse(notification.text())?.context("a report that asks nothing")?);
    }
    Ok(reports)
}

#[tokio::test]
async fn a_mail_arrives_whole_and_is_told_of() -> Result<()> {
    let stage = Stage::set().await?;
    let html = Html::escaped("<p>&lt;रवि&gt;</p>".into());
    let files = [Attachment::new("receipt.pdf", MediaType::Pdf, b"%PDF-1.7".to_vec())?];
    let unsubscribe = Unsubscribe::new("https://kamai.example/u/1", None)?;
    let email = Email {
        message_id: &MessageId::new("ntf_1", "kamai.example")?,
        to: &EmailAddress::parse("Asha@example.com")?,
        subject: "₹250 आए",
        text: "₹250 from रवि\n.\nKamai",
        html: Some(&html),
        attachments: &files,
        purpose: Purpose::Subscription(&unsubscribe),
        written_at: clock::unix_seconds(),
    };
    let accepted = Client::new(&settings(&stage)?)?.send(&email).await?;
    assert_eq!(accepted.message_id.as_str(), MESSAGE_ID);

    let mails = mailbox(&stage, "asha@example.com").await?;
    assert_eq!(mails.len(), 1);
    let mail = &mails[0];
    assert_eq!(mail["channel"], "email");
    assert_eq!(mail["id"].as_str(), accepted.provider_id.as_deref());
    assert_eq!((&mail["from"], &mail["to"]), (&json!("no-reply@kamai.example"), &json!("Asha@example.com")));
    assert_eq!(mail["subject"], "₹250 आए");
    assert_eq!(mail["text"].as_str().map(str::trim_end), Some("₹250 from रवि\r\n.\r\nKamai"));
    assert_eq!(mail["html"].as_str().map(str::trim_end), Some("<p>&lt;रवि&gt;</p>"));
    assert_eq!(mail["headers"]["Message-ID"], MESSAGE_ID);
    assert_eq!(mail["headers"]["List-Unsubscribe"], "<https://kamai.example/u/1>");
    assert_eq!(mail["attachments"], json!([{ "name": "receipt.pdf", "content_type": "application/pdf", "bytes": 8 }]));

    let reports = feedback(&stage, 1).await?;
    assert_eq!(Some(&reports[0].provider_id), accepted.provider_id.as_ref());
    assert_eq!(reports[0].message_id.as_deref(), Some(MESSAGE_ID));
    assert!(matches!(reports[0].kind, FeedbackKind::Delivery { .. }));

    let path = "/mailboxes/asha@example.com/messages";
    assert_eq!(stage.control(Method::DELETE, path, Value::Null).await?.status, 204);
    assert!(stage.items(path).await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn recipients_of_the_simulator_steer_what_is_told() -> Result<()> {
    for (name, action, arrives, count) in [
        ("success", None, true, 1),
        ("bounce+asha", Some(Action::Suppress), false, 1),
        ("suppressionlist", Some(Action::Suppress), false, 1),
        ("mailboxfull", Some(Action::Count), false, 1),
        ("complaint", Some(Action::SuppressMarketing), true, 2),
    ] {
        let stage = Stage::set().await?;
        let to = at_simulator(name);
        send(&stage, &to).await??;
        let reports = feedback(&stage, count).await?;
        let asked: Vec<_> = reports.iter().filter_map(Feedback::action).collect();
        assert_eq!(asked, action.into_iter().collect::<Vec<_>>(), "{name}");
        assert!(reports.iter().all(|report| report.recipients().iter().any(|address| address.expose() == to)), "{name}");
        assert_eq!(mailbox(&stage, &to).await?.len(), usize::from(arrives), "{name}");
    }
    Ok(())
}

#[tokio::test]
async fn recipients_of_the_simulator_steer_what_is_answered() -> Result<()> {
    let stage = Stage::set().await?;
    for (name, answer) in [
        ("temporary", "not now: 450 4.2.1 at the recipient"),
        ("permanent", "the recipient is refused: 550 5.1.1 at the recipient"),
        ("throttled", "not now: over the sending rate"),
        ("quota", "not now: over the day's quota"),
        ("notverified", "we are refused: 554 at the content"),
        ("toolarge", "the message is refused: 552 5.3.4 at the content"),
    ] {
        let to = at_simulator(name);
        let Err(error) = send(&stage, &to).await? else { bail!("{name} was taken") };
        assert_eq!(error.to_string(), answer);
        assert!(mailbox(&stage, &to).await?.is_empty());
    }
    let to = at_simulator("dropped");
    let Err(error) = send(&stage, &to).await? else { bail!("a reply came") };
    assert!(error.may_have_been_sent(), "{error}");
    assert_eq!(mailbox(&stage, &to).await?.len(), 1, "and it was");
    Ok(())
}

#[tokio::test]
async fn faults_strike_mails() -> Result<()> {
    for (fault, unknown, arrives) in [
        (json!({ "fault": "throttle" }), false, false),
        (json!({ "fault": "downtime" }), false, false),
        (json!({ "fault": "error_5xx" }), false, false),
        (json!({ "fault": "error_5xx_after_success" }), false, true),
        (json!({ "fault": "timeout", "delay_ms": 0 }), true, false),
        (json!({ "fault": "timeout_after_success", "delay_ms": 0 }), true, true),
    ] {
        let stage = Stage::set().await?;
        let mut spec = fault.clone();
        spec["provider"] = json!("ses");
        spec["times"] = json!(1);
        spec["path"] = json!("asha@");
        stage.fault(spec).await?;
        send(&stage, "ravi@example.com").await??;
        let Err(error) = send(&stage, "asha@example.com").await? else { bail!("{fault} spared it") };
        assert_eq!(error.may_have_been_sent(), unknown, "{fault}: {error}");
        assert_eq!(error.retryable(), !unknown, "{fault}: {error}");
        assert_eq!(mailbox(&stage, "asha@example.com").await?.len(), usize::from(arrives), "{fault}");
        send(&stage, "asha@example.com").await??;
    }
    let stage = Stage::set().await?;
    stage.fault(json!({ "provider": "ses", "fault": "success_without_effect", "times": 1 })).await?;
    assert!(send(&stage, "asha@example.com").await??.provider_id.is_some());
    assert!(mailbox(&stage, "asha@example.com").await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn wrong_credentials_are_refused() -> Result<()> {
    let stage = Stage::set().await?;
    let wrong = smtp::Config { password: Secret::new("wrong")?, ..settings(&stage)? };
    let Err(error) = send_with(&wrong, "asha@example.com").await? else { bail!("taken") };
    assert!(matches!(&error, SendError::Ours { why: OurFault::Reply(reply) } if reply.code == 535), "{error}");
    Ok(())
}

#[tokio::test]
async fn a_sandbox_that_is_gone_is_unreachable() -> Result<()> {
    let stage = Stage::set().await?;
    let settings = settings(&stage)?;
    stage.sandbox.shutdown().await;
    let Err(error) = send_with(&settings, "asha@example.com").await? else { bail!("taken") };
    assert!(matches!(error, SendError::Later { why: Delay::Unreachable(_) }), "{error}");
    Ok(())
}

#[tokio::test]
async fn a_configuration_set_is_told_of_in_events() -> Result<()> {
    let stage = Stage::set().await?;
    let with = smtp::Config { configuration_set: Some("kamai-events".into()), ..settings(&stage)? };
    send_with(&with, "asha@example.com").await??;
    let reports = feedback(&stage, 2).await?;
    assert!(reports.iter().any(|report| report.kind == FeedbackKind::Send));
    for hook in stage.hooks.all() {
        let message: Value = serde_json::from_str(hook.body["Message"].as_str().context("no message")?)?;
        assert!(message["eventType"].is_string() && message["notificationType"].is_null());
    }
    Ok(())
}

#[tokio::test]
async fn a_tampered_report_is_not_believed_and_the_next_is() -> Result<()> {
    let stage = Stage::set().await?;
    stage.fault(json!({ "provider": "ses", "fault": "tampered_webhooks", "times": 1 })).await?;
    stage.hooks.answer(&[401])?;
    send(&stage, "asha@example.com").await??;
    let hooks = eventually(async || Ok(Some(stage.hooks.all()).filter(|hooks| hooks.len() >= 2))).await?;
    assert_eq!(verify(&stage, &hooks[0]).await?, Err(Refused::Signature));
    assert!(verify(&stage, &hooks[1]).await?.is_ok());
    Ok(())
}

#[tokio::test]
async fn a_subscription_waits_for_its_confirmation() -> Result<()> {
    let stage = Stage::set().await?;
    assert_eq!(stage.control(Method::POST, "/sns/subscribe", Value::Null).await?.status, 202);
    let confirmation = subscription(&stage).await?;
    let confirmed = async || anyhow::Ok(stage.control(Method::GET, "/sns/subscription", Value::Null).await?.ok()["confirmed"].clone());
    assert_eq!(confirmed().await?, false);
    let http = Http::new(Timeouts::default())?;
    let stand_in = format!("{}/sns/", stage.sandbox.url());
    let verifier = Verifier::new(http, &stage.config.email.topic_arn, Some(&stand_in))?;
    verifier.confirm(&confirmation).await?;
    assert_eq!(confirmed().await?, true);
    let wrong = "/sns/confirm?Action=ConfirmSubscription&TopicArn=x&Token=y";
    stage.control(Method::GET, wrong, Value::Null).await?.refused(400);
    Ok(())
}

async fn subscription(stage: &Stage) -> Result<Confirmation> {
    let hook = eventually(async || Ok(stage.hooks.all().into_iter().next())).await?;
    match verify(stage, &hook).await?? {
        Message::SubscriptionConfirmation(confirmation) => Ok(confirmation),
        other => bail!("{other:?}"),
    }
}
