//! The page on which a PIN is given for a large payment, or set. Whoever has its address has it from their
//! chat; money takes the PIN, and setting one a code that their phone gets.

use crate::{
    api::{
        auth::{challenge, prove},
        html::page,
        limit,
    },
    assistant::pin::{self, Asked, Waiting},
    deps::Deps,
    refusals::{problem, store_problem},
};
use domain::{
    identity::{OtpChannel, OtpPurpose},
    pin::{SetPin, Tried, TryPin, is_pin},
};
use lambda::{Failed, Problem, Reply, Request};
use std::collections::HashMap;
use words::{Phrase, Said, html};

const HOUR: i64 = 3_600;

pub async fn show(deps: &Deps, request: &Request) -> Result<Reply, Problem> {
    let asked = asked(deps, request).await?;
    match pin::waiting(deps, asked).await.map_err(failed)? {
        Some(waiting) => Page { deps, request, waiting: &waiting }.forms(200, None, None).await,
        None => over(deps, request, asked).await,
    }
}

pub async fn submit(deps: &Deps, request: &Request) -> Result<Reply, Problem> {
    limit(deps, &format!("pin-address:{}", request.source_ip), deps.settings.rates.guesses_per_address, HOUR).await?;
    let asked = asked(deps, request).await?;
    let Some(waiting) = pin::waiting(deps, asked).await.map_err(failed)? else { return over(deps, request, asked).await };
    let page = Page { deps, request, waiting: &waiting };
    let text = request.text(&["application/x-www-form-urlencoded"], 4_096)?;
    let form: HashMap<String, String> = form_urlencoded::parse(text.as_bytes()).into_owned().collect();
    let field = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    match field("do") {
        "code" => page.send_code().await,
        "set" => page.set(field("challenge"), field("code").trim(), field("pin").trim()).await,
        _ => page.confirm(field("pin").trim()).await,
    }
}

async fn asked(deps: &Deps, request: &Request) -> Result<Asked, Problem> {
    let token: String = request.param("token")?;
    let cursors = deps.cursors().await.map_err(Problem::unavailable)?;
    pin::opened(&cursors, &token).ok_or_else(Problem::not_found)
}

/// What is no question any more. Where the PIN was right and nobody lived to say so, it is carried on.
async fn over(deps: &Deps, request: &Request, asked: Asked) -> Result<Reply, Problem> {
    let trace = request.trace();
    let Some(chat) = pin::carried_on(deps, asked, &trace).await.map_err(failed)? else { return gone() };
    let done = pin::say(deps, &chat, Phrase::PageDone, &[], &trace).await.map_err(failed)?;
    let language = pin::language(deps, &chat, &trace).await.map_err(failed)?;
    Ok(page(200, language, &format!("<p>{}</p>", html(&done))))
}

fn failed(why: Failed) -> Problem {
    Problem::unavailable(why)
}

/// In English: whose chat it was is not known any more, or not to be told.
fn gone() -> Result<Reply, Problem> {
    let phrases = words::Phrasebook::built_in().map_err(Problem::internal)?;
    Ok(page(410, "en", &format!("<p>{}</p>", html(&phrases.say(words::Language::English, Phrase::PageGone, &[])))))
}

struct Page<'a> {
    deps: &'a Deps,
    request: &'a Request,
    waiting: &'a Waiting,
}

impl Page<'_> {
    async fn say(&self, phrase: Phrase, values: &[(&str, Said<'_>)]) -> Result<String, Problem> {
        let said = pin::say(self.deps, &self.waiting.chat, phrase, values, &self.request.trace()).await.map_err(failed)?;
        Ok(html(&said))
    }

    async fn plain(&self, phrase: Phrase) -> Result<String, Problem> {
        self.say(phrase, &[]).await
    }

    async fn reply(&self, status: u16, inside: &str) -> Result<Reply, Problem> {
        let language = pin::language(self.deps, &self.waiting.chat, &self.request.trace()).await.map_err(failed)?;
        Ok(page(status, language, inside))
    }

    /// The terms, with what there is to fill in: the PIN where there is one, and the way to set it.
    async fn forms(&self, status: u16, wrong: Option<String>, challenge: Option<&str>) -> Result<Reply, Problem> {
        let terms = pin::terms(self.deps, self.waiting, &self.request.trace()).await.map_err(failed)?;
        let mut inside = format!("<h2>{}</h2>\n<p>{}</p>\n", self.plain(Phrase::PageTitle).await?, html(&terms));
        if let Some(wrong) = wrong {
            inside.push_str(&format!("<p role=\"alert\"><strong>{wrong}</strong></p>\n"));
        }
        let digits = "inputmode=\"numeric\" pattern=\"[0-9]{6}\" maxlength=\"6\" required autocomplete=\"off\"";
        let is_set = pin::pin(self.deps, self.waiting.chat.user).await.map_err(failed)?.is_some();
        if is_set && challenge.is_none() {
            inside.push_str(&format!(
                "<form method=\"post\"><label>{}<input type=\"password\" name=\"pin\" {digits} autofocus></label><button name=\"do\" value=\"confirm\">{}</button></form>\n",
                self.plain(Phrase::PagePin).await?,
                self.plain(Phrase::PagePay).await?,
            ));
        }
        inside.push_str(&match challenge {
            None => format!(
                "<form method=\"post\"><p>{}</p><button name=\"do\" value=\"code\">{}</button></form>",
                self.plain(Phrase::PageForgot).await?,
                self.plain(Phrase::PageSendCode).await?,
            ),
            Some(challenge) => format!(
                "<form method=\"post\"><input type=\"hidden\" name=\"challenge\" value=\"{}\"><label>{}<input name=\"code\" {digits}></label><label>{}<input type=\"password\" name=\"pin\" {digits}></label><button name=\"do\" value=\"set\">{}</button></form>",
                html(challenge),
                self.plain(Phrase::PageCode).await?,
                self.plain(Phrase::PageNewPin).await?,
                self.plain(Phrase::PageSet).await?,
            ),
        });
        self.reply(status, &inside).await
    }

    async fn send_code(&self) -> Result<Reply, Problem> {
        let user = self.deps.store.user(self.waiting.chat.user).await.map_err(store_problem)?.ok_or_else(Problem::not_found)?;
        let id = challenge(self.deps, self.request, user.phone, OtpChannel::Sms, OtpPurpose::SetPin).await?;
        self.forms(200, None, Some(&id.to_string())).await
    }

    async fn set(&self, challenge: &str, code: &str, new: &str) -> Result<Reply, Problem> {
        if !is_pin(new) {
            let wrong = self.plain(Phrase::PageBadPin).await?;
            return self.forms(422, Some(wrong), Some(challenge)).await;
        }
        let (deps, user) = (self.deps, self.waiting.chat.user);
        let row = deps.store.user(user).await.map_err(store_problem)?.ok_or_else(Problem::not_found)?;
        match prove(deps, self.request, challenge, code, OtpPurpose::SetPin).await {
            Ok(phone) if phone == row.phone => {}
            Err(problem) if problem.status() == 503 => return Err(problem),
            Ok(_) | Err(_) => {
                let wrong = self.plain(Phrase::PageWrongCode).await?;
                return self.forms(403, Some(wrong), Some(challenge)).await;
            }
        }
        let pepper = deps.pepper().await.map_err(Problem::unavailable)?;
        let hash = pin::hash(&pepper, user, new).map_err(Problem::internal)?;
        deps.execute(&SetPin { user, hash }, &self.request.trace()).await.map_err(problem)?;
        self.forms(200, None, None).await
    }

    async fn confirm(&self, given: &str) -> Result<Reply, Problem> {
        let (deps, user) = (self.deps, self.waiting.chat.user);
        let pepper = deps.pepper().await.map_err(Problem::unavailable)?;
        let hash = pin::hash(&pepper, user, given).map_err(Problem::internal)?;
        let wrong = match deps.execute(&TryPin { user, hash }, &self.request.trace()).await.map_err(problem)? {
            Tried::Right => {
                pin::confirmed(deps, self.waiting, &self.request.trace()).await.map_err(failed)?;
                let done = self.plain(Phrase::PageDone).await?;
                return self.reply(200, &format!("<p>{done}</p>")).await;
            }
            Tried::Wrong { left } => self.say(Phrase::PageWrong, &[("left", Said::Ours(left.to_string()))]).await?,
            Tried::Locked => self.plain(Phrase::PageLocked).await?,
            Tried::Unset => self.plain(Phrase::PageForgot).await?,
        };
        self.forms(403, Some(wrong), None).await
    }
}
