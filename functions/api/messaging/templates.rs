//! Templates, and how they read.

use super::{
    Call,
    wording::{goes_by, unfit},
};
use crate::{
    body::messaging::{PreviewBody, PreviewRequest, TemplateBody},
    notices::sms_text,
};
use domain::notice::Channel;
use lambda::{Problem, Reply, http::page::Page};
use words::{BadNotice, Catalogue, Form, Language, Notice, Rendered, Template};

pub fn list(call: &Call<'_>) -> Result<Reply, Problem> {
    let missing = Catalogue::built_in().map_err(Problem::internal)?.missing();
    let of_channel = Template::ALL.iter().filter(|template| goes_by(template, call.channel));
    let items: Vec<_> = of_channel.map(|template| TemplateBody::new(template, &missing)).collect();
    Ok(Reply::ok(&Page { items, next_cursor: None }))
}

pub fn preview(call: &Call<'_>) -> Result<Reply, Problem> {
    let body: PreviewRequest = call.request.json()?;
    let language = match body.language.as_deref() {
        None => Language::English,
        Some(code) => Language::from_code(code).ok_or_else(|| Problem::invalid_field("/language", "is none that Kamai speaks"))?,
    };
    let template = Template::named(&body.template).filter(|template| goes_by(template, call.channel));
    let template = template.ok_or_else(|| Problem::invalid_field("/template", "is no template that goes by this channel"))?;
    let notice = match Catalogue::built_in().map_err(Problem::internal)?.preview(template.name, &body.data.0) {
        Ok(notice) => notice,
        Err(BadNotice::BadValues { values, .. }) => return Err(unfit(&values, |_| "/data".to_owned())),
        Err(error @ BadNotice::NoSuchTemplate { .. }) => return Err(Problem::internal(error)),
    };
    Ok(Reply::ok(&read(&notice, language, call.channel)?))
}

fn read(notice: &Notice<'_>, language: Language, channel: Channel) -> Result<PreviewBody, Problem> {
    let version = notice.template().version;
    let of = |said: Rendered| PreviewBody {
        language: said.language.code(),
        fell_back: said.fell_back,
        version,
        title: Some(said.title),
        body: said.body,
        html: said.html,
    };
    Ok(match channel {
        Channel::Push => of(notice.render(language, Form::Push)),
        Channel::Whatsapp => of(notice.render(language, Form::Text)),
        Channel::Email => of(notice.render(language, Form::Email)),
        Channel::Sms => {
            let (said, text) = sms_text(notice, language).map_err(Problem::internal)?.ok_or_else(Problem::not_found)?;
            PreviewBody {
                language: said.code(),
                fell_back: said != language,
                version,
                title: None,
                body: text.text().to_owned(),
                html: None,
            }
        }
    })
}
