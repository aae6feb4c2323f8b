//! What is told before anybody agrees. Nobody has to be signed in to read it.

use crate::{
    body::privacy::{ContactBody, NoticeBody, NoticesBody, NoticesQuery},
    deps::Deps,
    privacy::notices::current,
};
use domain::consent::Purpose;
use lambda::{Problem, Reply, Request};
use words::Language;

const CACHED_S: u32 = 300;

pub fn list(request: &Request) -> Result<Reply, Problem> {
    let query = request.query::<NoticesQuery>()?.checked()?;
    let asked = query.lang.as_deref().and_then(Language::from_code).unwrap_or(Language::English);
    let told = |purpose: &Purpose| {
        let notice = current(*purpose)?;
        let (language, text) = notice.text(asked).ok_or("a notice is in no language")?;
        Ok(NoticeBody::new(*purpose, notice, language, text))
    };
    let items = Purpose::ALL.iter().map(told).collect::<Result<_, &str>>().map_err(Problem::internal)?;
    Ok(Reply::ok(&NoticesBody { items }).cached_for(CACHED_S))
}

pub fn contact(deps: &Deps) -> Result<Reply, Problem> {
    Ok(Reply::ok(&ContactBody::from(&deps.settings.contact)).cached_for(CACHED_S))
}
