//! From a body to what it tells. Source: `whatsapp.md`, A3.

use serde_json::Value;

use super::kind::Kind;
use super::place::{Place, Unreadable};
use super::status::{Problem, Status};
use super::user::User;
use super::{Change, Message, What};
use crate::call::{Illegible, read_json};
use crate::signature::Verified;

/// The only object whose changes are ours.
const OBJECT: &str = "whatsapp_business_account";

/// Reads a body whose sender is known.
///
/// # Errors
///
/// [`Illegible`] where it is not JSON. JSON of whatever shape is read; what of it cannot be is told
/// among the changes.
pub fn read(body: Verified<'_>) -> Result<Vec<Change>, Illegible> {
    let body: Value = read_json(body.bytes())?;
    let body = Place::top(&body);
    if let Some(object) = body.word("object").filter(|object| object != OBJECT) {
        return Ok(vec![Change { phone_number_id: None, what: What::Ignored(object) }]);
    }
    let mut changes = Vec::new();
    each(None, body.part("entry").and_then(|_| body.list("entry")), &mut changes, |entry, changes| {
        each(None, entry.part("changes").and_then(|_| entry.list("changes")), changes, |change, changes| {
            changes.extend(read_change(change)?);
            Ok(())
        });
        Ok(())
    });
    Ok(changes)
}

fn read_change(change: &Place<'_>) -> Result<Vec<Change>, Unreadable> {
    if !change.is_object() {
        return Err(change.wrong("is not an object"));
    }
    let field = change.word("field");
    if let Some(other) = field.filter(|field| field != "messages") {
        return Ok(vec![Change { phone_number_id: None, what: What::Ignored(other) }]);
    }
    let value = change.part("value")?;
    if !value.is_object() {
        return Err(value.wrong("is not an object"));
    }
    let number = value.get("metadata").and_then(|metadata| metadata.word("phone_number_id"));
    let contacts: Vec<User> = value.list("contacts").unwrap_or_default().iter().map(User::contact).collect();
    let told = |what| Change { phone_number_id: number.clone(), what };

    let mut changes = Vec::new();
    each(number.as_ref(), value.list("messages"), &mut changes, |message, changes| {
        changes.push(told(What::Message(Box::new(read_message(message, &contacts)?))));
        Ok(())
    });
    each(number.as_ref(), value.list("statuses"), &mut changes, |status, changes| {
        changes.push(told(What::Status(Box::new(Status::read(status, &contacts)?))));
        Ok(())
    });
    changes.extend(Problem::all(&value).into_iter().map(|problem| told(What::Problem(problem))));
    if changes.is_empty() {
        changes.push(told(What::Ignored("messages".to_owned())));
    }
    Ok(changes)
}

/// Reads each entry by itself, so that a bad one costs only itself.
fn each<'a>(
    number: Option<&String>,
    entries: Result<Vec<Place<'a>>, Unreadable>,
    changes: &mut Vec<Change>,
    read: impl Fn(&Place<'a>, &mut Vec<Change>) -> Result<(), Unreadable>,
) {
    let unreadable = |why| Change { phone_number_id: number.cloned(), what: What::Unreadable(why) };
    let entries = match entries {
        Ok(entries) => entries,
        Err(why) => return changes.push(unreadable(why)),
    };
    for entry in &entries {
        if let Err(why) = read(entry, changes) {
            changes.push(unreadable(why));
        }
    }
}

fn read_message(message: &Place<'_>, contacts: &[User]) -> Result<Message, Unreadable> {
    let context = message.get("context");
    let is = |name| context.as_ref().is_some_and(|context| context.flag(name));
    Ok(Message {
        id: message.id("id")?,
        from: User::sender(message, contacts)?,
        sent_at: message.seconds("timestamp"),
        kind: Kind::read(message)?,
        reply_to: context.as_ref().and_then(|context| context.word("id")),
        forwarded: is("forwarded") || is("frequently_forwarded"),
        group_id: message.personal("group_id"),
        problems: Problem::all(message),
    })
}
