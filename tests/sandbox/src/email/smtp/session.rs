//! One conversation.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::email::{Verdict, steering, take};
use crate::signing;
use crate::world::World;

/// RFC 5321, 4.5.3.1.6.
const LINE_BYTES_MAX: u64 = 1000;
/// SES takes 40 MB; nobody here sends as much.
const MAIL_BYTES_MAX: usize = 16 * 1024 * 1024;

struct Session {
    world: Arc<World>,
    stream: BufReader<TcpStream>,
    signed_in: bool,
    envelope: Envelope,
}

#[derive(Default)]
struct Envelope {
    from: Option<String>,
    to: Option<String>,
}

/// What comes after a command.
enum Next {
    Say(&'static str),
    Told(String),
    Data,
    Hang,
    End,
}

pub async fn converse(world: &Arc<World>, stream: TcpStream) -> io::Result<()> {
    let mut session = Session { world: Arc::clone(world), stream: BufReader::new(stream), signed_in: false, envelope: Envelope::default() };
    session.say("220 email-smtp.amazonaws.com ESMTP SimpleEmailService-sandbox").await?;
    while let Some(line) = session.line().await? {
        let next = match session.obey(&line).await? {
            Next::Data => session.data().await?,
            next => next,
        };
        match next {
            Next::Say(reply) => session.say(reply).await?,
            Next::Told(reply) => session.say(&reply).await?,
            Next::End => return session.say("221 Bye").await,
            Next::Hang | Next::Data => return Ok(()),
        }
    }
    Ok(())
}

impl Session {
    async fn obey(&mut self, line: &str) -> io::Result<Next> {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        Ok(match verb.to_ascii_uppercase().as_str() {
            "EHLO" => {
                self.envelope = Envelope::default();
                Next::Say("250-email-smtp.amazonaws.com\r\n250-8BITMIME\r\n250-AUTH PLAIN LOGIN\r\n250 Ok")
            }
            "HELO" | "NOOP" => Next::Say("250 Ok"),
            "RSET" => {
                self.envelope = Envelope::default();
                Next::Say("250 Ok")
            }
            "QUIT" => Next::End,
            "AUTH" => self.sign_in(rest).await?,
            "MAIL" | "RCPT" | "DATA" if !self.signed_in => Next::Say("530 Authentication required"),
            "MAIL" => match path(rest, "FROM:") {
                Some(from) => {
                    self.envelope = Envelope { from: Some(from.to_owned()), to: None };
                    Next::Say("250 Ok")
                }
                None => Next::Say("501 Invalid MAIL FROM address provided"),
            },
            "RCPT" => self.recipient(rest),
            "DATA" if self.envelope.to.is_none() => Next::Say("503 Error: need RCPT command"),
            "DATA" => Next::Data,
            _ => Next::Say("502 Command not implemented"),
        })
    }

    /// One recipient a mail: it is all that our clients write, and it keeps each answer about one.
    fn recipient(&mut self, rest: &str) -> Next {
        if self.envelope.from.is_none() {
            return Next::Say("503 Error: need MAIL command");
        }
        if self.envelope.to.is_some() {
            return Next::Say("452 4.5.3 Too many recipients");
        }
        let Some(to) = path(rest, "TO:").filter(|to| to.contains('@')) else {
            return Next::Say("501 Invalid RCPT TO address provided");
        };
        if let Some(refusal) = steering::refused_at_once(to) {
            return Next::Say(refusal);
        }
        self.envelope.to = Some(to.to_owned());
        Next::Say("250 Ok")
    }

    async fn sign_in(&mut self, rest: &str) -> io::Result<Next> {
        let (mechanism, initial) = rest.split_once(' ').unwrap_or((rest, ""));
        let given = match mechanism.to_ascii_uppercase().as_str() {
            "PLAIN" => {
                let answer = if initial.is_empty() { self.ask("334 ").await? } else { initial.to_owned() };
                // An authorisation identity, which may be left out; the name; the password.
                decoded(&answer).and_then(|text| {
                    let mut parts = text.split('\0').skip(1).map(str::to_owned);
                    Some((parts.next()?, parts.next()?))
                })
            }
            "LOGIN" => {
                let name = if initial.is_empty() { self.ask("334 VXNlcm5hbWU6").await? } else { initial.to_owned() };
                let password = self.ask("334 UGFzc3dvcmQ6").await?;
                decoded(&name).zip(decoded(&password))
            }
            _ => return Ok(Next::Say("504 Unrecognized authentication type")),
        };
        let config = &self.world.config().email;
        let expected = format!("{}:{}", config.smtp_username, config.smtp_password);
        self.signed_in = given.is_some_and(|(name, password)| signing::same(&format!("{name}:{password}"), &expected));
        Ok(Next::Say(if self.signed_in { "235 Authentication successful." } else { "535 Authentication Credentials Invalid" }))
    }

    async fn data(&mut self) -> io::Result<Next> {
        self.say("354 End data with <CR><LF>.<CR><LF>").await?;
        let mut mail: Vec<u8> = Vec::new();
        loop {
            let mut line = Vec::new();
            let read = (&mut self.stream).take(MAIL_BYTES_MAX as u64).read_until(b'\n', &mut line).await?;
            if read == 0 {
                return Ok(Next::Hang);
            }
            if line == b".\r\n" {
                break;
            }
            // A line that begins with a dot was given another, which is not part of the mail.
            mail.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
            if mail.len() > MAIL_BYTES_MAX {
                self.say("552 5.3.4 Message is too long.").await?;
                return Ok(Next::Hang);
            }
        }
        let Envelope { from, to } = std::mem::take(&mut self.envelope);
        let (from, to) = (from.unwrap_or_default(), to.unwrap_or_default());
        Ok(match take(&self.world, &from, &to, &mail) {
            Verdict::Accepted(id) => Next::Told(format!("250 Ok {id}")),
            Verdict::Refused(reply) => Next::Say(reply),
            Verdict::Closed(reply) => {
                self.say(reply).await?;
                Next::Hang
            }
            Verdict::Silence { ms } => {
                tokio::time::sleep(Duration::from_millis(ms)).await;
                Next::Hang
            }
        })
    }

    async fn ask(&mut self, challenge: &str) -> io::Result<String> {
        self.say(challenge).await?;
        Ok(self.line().await?.unwrap_or_default())
    }

    /// None once the peer has gone, or has sent more than a line may have.
    async fn line(&mut self) -> io::Result<Option<String>> {
        let mut line = String::new();
        (&mut self.stream).take(LINE_BYTES_MAX).read_line(&mut line).await?;
        Ok(line.ends_with('\n').then(|| line.trim_end().to_owned()))
    }

    async fn say(&mut self, reply: &str) -> io::Result<()> {
        self.stream.write_all(format!("{reply}\r\n").as_bytes()).await
    }
}

/// What stands between the angle brackets.
fn path<'a>(rest: &'a str, keyword: &str) -> Option<&'a str> {
    let (given, path) = rest.split_at_checked(keyword.len())?;
    let (path, _parameters) = path.trim_start().strip_prefix('<')?.split_once('>')?;
    given.eq_ignore_ascii_case(keyword).then_some(path)
}

fn decoded(text: &str) -> Option<String> {
    String::from_utf8(STANDARD.decode(text).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_what_stands_in_the_brackets() {
        assert_eq!(path("FROM:<a@b.example> BODY=8BITMIME", "FROM:"), Some("a@b.example"));
        assert_eq!(path("from: <a@b.example>", "FROM:"), Some("a@b.example"));
        for rest in ["", "FROM", "FROM:a@b.example", "TO:<a@b.example>", "FROM:<a@b.example"] {
            assert_eq!(path(rest, "FROM:"), None, "{rest}");
        }
    }
}
