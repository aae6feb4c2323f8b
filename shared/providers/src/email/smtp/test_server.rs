//! A mail server on this machine that answers as it is told.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// How it is spoken to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wire {
    Plain,
    /// Offers `STARTTLS`, and nothing to sign in with before it.
    StartTls,
    Implicit,
}

/// What it does instead of agreeing.
#[derive(Clone, Copy)]
pub(super) enum Act {
    Say(&'static str),
    HangUp,
    Silence,
}

/// Its answers, by the step: `GREETING`, `CONTENT` or a command. The others are agreed to.
pub(super) type Script = &'static [(&'static str, Act)];

pub(super) struct MailServer {
    pub(super) port: u16,
    /// What to trust in order to believe it; empty where it speaks no TLS.
    pub(super) certificate_pem: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl MailServer {
    pub(super) async fn start(wire: Wire, script: Script) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let rcgen::CertifiedKey { cert, signing_key } = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
        let config = ServerConfig::builder().with_no_client_auth().with_single_cert(vec![cert.der().clone()], key).unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let book = Arc::clone(&seen);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let session = Session { script, seen: Arc::clone(&book), offers_tls: wire == Wire::StartTls };
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    match wire {
                        Wire::Plain => drop(session.serve(stream, true).await),
                        Wire::StartTls => {
                            let Some(stream) = session.serve(stream, true).await else { return };
                            let Ok(stream) = acceptor.accept(stream).await else { return };
                            drop(Session { offers_tls: false, ..session }.serve(stream, false).await);
                        }
                        Wire::Implicit => {
                            let Ok(stream) = acceptor.accept(stream).await else { return };
                            drop(session.serve(stream, true).await);
                        }
                    }
                });
            }
        });
        Self { port, certificate_pem: cert.pem(), seen }
    }

    /// The commands of every connection in their order, and each mail whole.
    pub(super) fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }

    pub(super) fn mails(&self) -> Vec<String> {
        self.seen().into_iter().filter(|line| line.starts_with("Date: ")).collect()
    }
}

struct Session {
    script: Script,
    seen: Arc<Mutex<Vec<String>>>,
    offers_tls: bool,
}

impl Session {
    /// Gives the stream back where TLS is to begin on it.
    async fn serve<S: AsyncRead + AsyncWrite + Unpin>(&self, stream: S, greets: bool) -> Option<S> {
        let mut stream = BufReader::new(stream);
        if greets {
            self.answer(&mut stream, "GREETING", "220 mail.example ESMTP").await?;
        }
        let mut line = String::new();
        loop {
            line.clear();
            if stream.read_line(&mut line).await.ok()? == 0 {
                return None;
            }
            self.seen.lock().unwrap().push(line.trim_end().to_owned());
            let verb = line.split_ascii_whitespace().next().unwrap_or_default().to_ascii_uppercase();
            let usual = match verb.as_str() {
                "EHLO" if self.offers_tls => "250-mail.example\r\n250 STARTTLS",
                "EHLO" => "250-mail.example\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN",
                "STARTTLS" => "220 Go ahead",
                "AUTH" => "235 Authentication successful.",
                "DATA" => "354 End data with <CR><LF>.<CR><LF>",
                "QUIT" => "221 Bye",
                _ => "250 Ok",
            };
            self.answer(&mut stream, &verb, usual).await?;
            match verb.as_str() {
                "STARTTLS" => return Some(stream.into_inner()),
                "DATA" => {
                    let mut mail = String::new();
                    while !mail.ends_with("\r\n.\r\n") {
                        if stream.read_line(&mut mail).await.ok()? == 0 {
                            return None;
                        }
                    }
                    self.seen.lock().unwrap().push(mail);
                    self.answer(&mut stream, "CONTENT", "250 Ok 0109018e-1234-000000").await?;
                }
                "QUIT" => return None,
                _ => {}
            }
        }
    }

    async fn answer<S: AsyncWrite + Unpin>(&self, stream: &mut S, step: &str, usual: &str) -> Option<()> {
        let act = self.script.iter().find(|(name, _)| *name == step).map(|(_, act)| *act);
        let text = match act {
            Some(Act::Say(text)) => text,
            Some(Act::HangUp) => return None,
            Some(Act::Silence) => return std::future::pending().await,
            None => usual,
        };
        stream.write_all(format!("{text}\r\n").as_bytes()).await.ok()?;
        stream.flush().await.ok()
    }
}
