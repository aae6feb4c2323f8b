//! What a message leads to: the chat's next state, what is to be done, and what the audit keeps of it.

use super::{
    capabilities::{self, Prepared},
    context::Turning,
    dialogue::{AtOnce, at_once, spoken},
    files::{self, Picture, Voice},
    grammar::Wish,
    incoming::{Incoming, What},
    menu::menu,
    mind,
    policy::Needs,
    reply::{Press, Reply},
};
use domain::{
    chat::{Awaits, Deed, Entry, NotConfirmed, Pending, Pends, Slots, State, Task, Terms},
    request::{Digest, digest_of},
};
use lambda::Failed;
use understanding::Command;
use words::{Language, Phrase, Said};

pub struct Decided {
    pub state: State,
    /// Said before the answer.
    pub echo: Option<String>,
    pub deed: Deed,
    pub entry: Entry,
}

/// A decision under way.
struct Course {
    state: State,
    echo: Option<String>,
    heard: &'static str,
    mind: String,
    proposal: Option<Command>,
}

pub async fn decide(turning: &Turning<'_>, incoming: &Incoming<'_>) -> Result<Decided, Failed> {
    let mut course =
        Course { state: turning.state.clone(), echo: None, heard: incoming.what.code(), mind: "none".to_owned(), proposal: None };
    let at_once = at_once(turning, incoming);
    let is_for_everybody = matches!(at_once, Some(AtOnce::Panic | AtOnce::Consent { .. }));
    if turning.state.human_since.is_some() && !is_for_everybody {
        return Ok(course.ends("left_to_a_person", [0; 16], Deed::Nothing));
    }
    if let Some(clear) = at_once {
        return at_once_decided(turning, course, clear).await;
    }
    match incoming.what {
        What::Text(text) | What::Caption(text) => understood(turning, course, text).await,
        What::Voice(file) => match files::listen(turning, file).await? {
            Voice::Says(text) => {
                course.echo = Some(turning.say(Phrase::Heard, &[("text", Said::Theirs(&text))]));
                match spoken(turning, &text) {
                    Some(clear) => at_once_decided(turning, course, clear).await,
                    None => understood(turning, course, &text).await,
                }
            }
            Voice::Nothing => Ok(course.says("nothing_heard", &Reply::text(turning.plain(Phrase::HeardNothing)))),
            Voice::Unheard => Ok(course.says("not_heard", &Reply::text(turning.plain(Phrase::NoVoice)))),
        },
        What::Photo { file, caption } => match (files::look(turning, file).await?, caption) {
            (Picture::Code { link, wish }, _) => {
                let name = link.name.as_deref().unwrap_or_else(|| link.payee.as_str());
                let values = [("name", Said::Theirs(name)), ("vpa", Said::Theirs(link.payee.as_str()))];
                course.echo = Some(turning.say(Phrase::ReadCode, &values));
                course.mind = "code".to_owned();
                wished(turning, course, wish).await
            }
            (Picture::NoCode, Some(caption)) => understood(turning, course, caption).await,
            (Picture::NoCode, None) => Ok(course.drops_question().says("no_code", &Reply::text(turning.plain(Phrase::NoCode)))),
        },
        What::Press(_) | What::Other(_) => Ok(course.ends("nothing", [0; 16], Deed::Nothing)),
    }
}

/// Words, however they came.
async fn understood(turning: &Turning<'_>, mut course: Course, text: &str) -> Result<Decided, Failed> {
    let understood = mind::understand(turning, text).await;
    course.mind = understood.mind;
    if understood.language.is_some() {
        course.state.spoken.language.clone_from(&understood.language);
    }
    // Who has chosen no language is answered in the one they write in.
    let written_in = understood.language.filter(|_| turning.state.language.is_none());
    let language = written_in.and_then(|code| Language::from_code(&code)).unwrap_or(turning.language);
    let turning = turning.clone().in_language(language);
    match understood.wish {
        Some(wish) => wished(&turning, course, wish).await,
        None => Ok(course.drops_question().says("not_understood", &menu(&turning, Phrase::NotUnderstood))),
    }
}

async fn at_once_decided(turning: &Turning<'_>, mut course: Course, clear: AtOnce) -> Result<Decided, Failed> {
    course.mind = match clear {
        AtOnce::Confirmed(_) | AtOnce::Refused(_) | AtOnce::No | AtOnce::Panic | AtOnce::Consent { .. } if course.heard == "text" => "word",
        AtOnce::Forwarded | AtOnce::Unreadable | AtOnce::TooLong | AtOnce::SpokenConfirmation => "none",
        _ => "button",
    }
    .to_owned();
    let plain = |phrase| Reply::text(turning.plain(phrase));
    Ok(match clear {
        AtOnce::Confirmed(pending) => confirmed(turning, course, pending).await?,
        AtOnce::Refused(why) => refused(turning, course, why).await?,
        AtOnce::No => {
            let phrase = match (&course.state.pending, &course.state.task) {
                (Some(Pending { pends: Pends::Money(_) | Pends::Standing { .. }, .. }), _) => Phrase::Cancelled,
                (Some(_), _) | (None, Some(_)) => Phrase::Dropped,
                (None, None) => Phrase::NothingWaits,
            };
            (course.state.pending, course.state.task) = (None, None);
            course.says("declined", &plain(phrase))
        }
        AtOnce::Panic => {
            course.proposal = Some(Command::Panic);
            (course.state.pending, course.state.task) = (None, None);
            course.performs("stopped", Command::Panic, Slots::new())
        }
        AtOnce::Consent { stopped } => {
            let command = if stopped { Command::StopMessages } else { Command::StartMessages };
            course.proposal = Some(command);
            (course.state.pending, course.state.task) = (None, None);
            // When it was said counts: such words come in any order.
            let slots = Slots::from([("said_at".to_owned(), turning.written_at.as_millisecond().to_string())]);
            course.performs("consent", command, slots)
        }
        AtOnce::Wish(wish) => wished(turning, Course { state: State { task: None, ..course.state }, ..course }, wish).await?,
        AtOnce::Slot { name, value } => chosen(turning, course, name, value).await?,
        AtOnce::Foreign => course.says("foreign_button", &menu(turning, Phrase::NotUnderstood)),
        AtOnce::Forwarded => course.drops_question().says("forwarded", &menu(turning, Phrase::NotUnderstood)),
        AtOnce::SpokenConfirmation => course.says("spoken_confirmation", &plain(Phrase::VoiceConfirmsNothing)),
        AtOnce::Unreadable => course.drops_question().says("unreadable", &plain(Phrase::NotRead)),
        AtOnce::TooLong => course.drops_question().says("too_long", &plain(Phrase::TooLong)),
    })
}

/// What we offered to choose from. Only what is asked for can be chosen.
async fn chosen(turning: &Turning<'_>, mut course: Course, name: String, value: String) -> Result<Decided, Failed> {
    let task = course.state.task.take();
    let Some((mut task, command)) = task.and_then(|task| Some((task.clone(), Command::from_name(&task.command)?))) else {
        return Ok(course.says("foreign_button", &menu(turning, Phrase::NotUnderstood)));
    };
    let is_asked = task.asked.as_ref().is_some_and(|asked| name == *asked || name == format!("{asked}_id"));
    if !is_asked || value.chars().count() > turning.policy.slot_chars_max {
        return Ok(course.says("foreign_button", &menu(turning, Phrase::NotUnderstood)));
    }
    task.slots.insert(name, value);
    wished(turning, course, Wish::new(command, task.slots)).await
}

async fn confirmed(turning: &Turning<'_>, mut course: Course, pending: Pending) -> Result<Decided, Failed> {
    let proof = pending.digest(turning.user, turning.door);
    (course.state.pending, course.state.task) = (None, None);
    let is_large = |terms: &Terms| terms.amount.saturating_add(terms.fee) >= turning.policy.pin_from;
    Ok(match &pending.pends {
        Pends::Money(terms) | Pends::Standing { terms, .. } if is_large(terms) => {
            course.state.pending = Some(Pending { awaits: Awaits::Pin, ..pending.clone() });
            let reply = super::pin::ask(turning, &pending).await?;
            course.ends("pin_asked", proof, say(&reply))
        }
        Pends::Money(_) | Pends::Standing { .. } => course.ends("confirmed", proof, Deed::Move(pending)),
        Pends::Command { command, slots } => {
            if let Some(capability) = Command::from_name(command).and_then(capabilities::of) {
                (capability.settle)(&mut course.state, slots, turning.now);
            }
            let deed = Deed::Perform { command: command.clone(), slots: slots.clone() };
            course.ends("confirmed", proof, deed)
        }
    })
}

async fn refused(turning: &Turning<'_>, mut course: Course, why: NotConfirmed) -> Result<Decided, Failed> {
    let phrase = match why {
        NotConfirmed::Nothing => Phrase::NothingWaits,
        NotConfirmed::Late => Phrase::ConfirmLate,
        NotConfirmed::Other => Phrase::ConfirmOther,
        NotConfirmed::Early => Phrase::ConfirmEarly,
    };
    let reply = Reply::text(turning.plain(phrase));
    Ok(match (why, course.state.pending.take()) {
        // They see the same question again, as a new one.
        (NotConfirmed::Early, Some(pending)) => {
            let again = Pending::new(turning.id, pending.pends, turning.now);
            let reply = match &again.pends {
                Pends::Command { .. } => reply,
                money => reply.and(&capabilities::ask_again(turning, money).await?),
            };
            let reply = buttons(turning, reply, &again);
            course.state.pending = Some(again);
            course.says(why.code(), &reply)
        }
        (NotConfirmed::Other | NotConfirmed::Nothing, pending) => {
            course.state.pending = pending;
            course.says(why.code(), &reply)
        }
        (NotConfirmed::Late | NotConfirmed::Early, _) => course.says(why.code(), &reply),
    })
}

/// A wish, by whomever it was understood.
async fn wished(turning: &Turning<'_>, mut course: Course, wish: Wish) -> Result<Decided, Failed> {
    course.proposal = Some(wish.command);
    let before = course.state.task.take();
    course = course.drops_question();
    let (Some(capability), Some(rule)) = (capabilities::of(wish.command), turning.policy.rule(wish.command)) else {
        return Ok(course.says("not_available", &Reply::text(turning.plain(Phrase::NotAvailable))));
    };
    let prepared = (capability.prepare)(turning, &wish).await?;
    if !allowed(rule.needs, &prepared) {
        return Err(Failed::bug(format!("{} was prepared without what its rule needs", wish.command)));
    }
    course.state.spoken.command = Some(wish.command.name().to_owned());
    if wish.command == Command::CheckBalance {
        course.state.spoken.account = Some(wish.slot("account").unwrap_or("wallet").to_owned());
    }
    let name = wish.command.name().to_owned();
    Ok(match prepared {
        Prepared::Answer(reply) => {
            // Whoever looks something up in the middle of a task goes on with it.
            course.state.task = before.filter(|task| task.asked.is_some() && task.command != name);
            course.ends("answered", proof_of(&name, &wish.slots), say(&reply))
        }
        Prepared::Ask { slot, slots, reply } => {
            let proof = proof_of(&name, &slots);
            course.state.task = Some(Task { command: name, slots, asked: Some(slot.to_owned()) });
            course.ends("asked", proof, say(&reply))
        }
        Prepared::Confirm { terms, reply } => {
            let pending = Pending::new(turning.id, Pends::Money(*terms), turning.now);
            course.state.task = Some(Task { command: name, slots: wish.slots, asked: None });
            course.questions(turning, pending, reply)
        }
        Prepared::Stand { terms, every, reply } => {
            let pending = Pending::new(turning.id, Pends::Standing { terms: *terms, every }, turning.now);
            course.state.task = Some(Task { command: name, slots: wish.slots, asked: None });
            course.questions(turning, pending, reply)
        }
        Prepared::Question { slots, reply } => {
            let pending = Pending::new(turning.id, Pends::Command { command: name, slots }, turning.now);
            course.questions(turning, pending, reply)
        }
        Prepared::Do(slots) => {
            (capability.settle)(&mut course.state, &slots, turning.now);
            course.performs("done", wish.command, slots)
        }
    })
}

/// Whether nothing is done without the yes that the policy wants.
fn allowed(needs: Needs, prepared: &Prepared) -> bool {
    match prepared {
        Prepared::Answer(_) | Prepared::Ask { .. } => true,
        Prepared::Do(_) => needs == Needs::Nothing,
        Prepared::Question { .. } => needs != Needs::Confirmation,
        Prepared::Confirm { .. } | Prepared::Stand { .. } => needs == Needs::Confirmation,
    }
}

fn buttons(turning: &Turning<'_>, reply: Reply, pending: &Pending) -> Reply {
    reply
        .and(&turning.plain(Phrase::ConfirmWord))
        .with(&Press::yes(pending, turning.user, turning.door), turning.plain(Phrase::ButtonYes))
        .with(&Press::No { id: pending.id }, turning.plain(Phrase::ButtonNo))
}

impl Course {
    /// Whatever comes between a question and its answer takes the question back.
    fn drops_question(mut self) -> Self {
        self.state.pending = None;
        self
    }

    fn questions(mut self, turning: &Turning<'_>, pending: Pending, reply: Reply) -> Decided {
        let reply = buttons(turning, reply, &pending);
        let proof = pending.digest(turning.user, turning.door);
        self.state.pending = Some(pending);
        self.ends("question", proof, say(&reply))
    }

    fn says(self, decision: &str, reply: &Reply) -> Decided {
        self.ends(decision, [0; 16], say(reply))
    }

    fn performs(self, decision: &str, command: Command, slots: Slots) -> Decided {
        let proof = proof_of(command.name(), &slots);
        self.ends(decision, proof, Deed::Perform { command: command.name().to_owned(), slots })
    }

    fn ends(self, decision: &str, proof: Digest, deed: Deed) -> Decided {
        let entry = Entry {
            heard: self.heard.to_owned(),
            mind: self.mind,
            proposal: self.proposal.map(|command| command.name().to_owned()),
            decision: decision.to_owned(),
            proof,
        };
        Decided { state: self.state, echo: self.echo, deed, entry }
    }
}

/// Stands for what was asked for, without saying it.
fn proof_of(command: &str, slots: &Slots) -> Digest {
    digest_of(&format!("{command} {slots:?}"))
}

fn say(reply: &Reply) -> Deed {
    // Strings under fixed names: there is nothing in it that serde could refuse.
    Deed::Say(serde_json::to_string(reply).unwrap_or_default())
}
