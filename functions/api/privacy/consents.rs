//! What the caller has agreed to, with the proof, and saying yes or no.

use crate::{
    api::limit,
    banks::{Kind, kind_of},
    body::privacy::{AgreementBody, ChainBody, ConsentRequest, ConsentsBody, PurposeBody, SaidBody},
    deps::Deps,
    privacy::{
        consents,
        notices::{current, find},
    },
    refusals::{CONSENT_ELSEWHERE, store_problem},
    router::Signed,
};
use domain::{
    chat::Door,
    consent::{Consents, Purpose, SayConsent, Shown, Word, verify},
    engine::{Key, Record},
};
use lambda::{Problem, Reply, Request};

const DAY_S: i64 = 86_400;
/// Words that one user may say within a day: a chain that is read whole.
const SAID_MAX: u64 = 100;
/// Entries that are told at once.
const HISTORY_MAX: usize = 100;

pub async fn list(deps: &Deps, caller: &Signed) -> Result<Reply, Problem> {
    let consents = deps.store.consents(caller.user).await.map_err(store_problem)?;
    Ok(Reply::ok(&told(deps, caller, &consents).await?))
}

async fn told(deps: &Deps, caller: &Signed, consents: &Consents) -> Result<ConsentsBody, Problem> {
    let mut chain = deps.store.consent_chain(caller.user).await.map_err(store_problem)?;
    // Read before the chain: what was said in between is not looked at.
    chain.retain(|one| one.link.seq <= consents.head.seq);
    let proof = ChainBody::new(consents, verify(&chain, consents.head).err());
    let mut items = Vec::with_capacity(Purpose::ALL.len());
    let banks = deps.store.banks(caller.user).await.map_err(store_problem)?;
    let connected = |kind| {
        let of_kind = banks.iter().filter(move |bank| bank.is_connected() && kind_of(&bank.bank) == kind);
        of_kind.map(|bank| bank.name.clone()).collect::<Vec<String>>()
    };
    for purpose in Purpose::ALL {
        let current = current(*purpose).map_err(Problem::internal)?.version;
        let mut item = PurposeBody::new(*purpose, consents.stands.get(purpose), current);
        match purpose {
            Purpose::BankData => item.connected = connected(Kind::Bank),
            Purpose::PlatformEarnings => item.connected = connected(Kind::Platform),
            Purpose::AssistantMemory => item.given = remembers(deps, caller).await?,
            _ => {}
        }
        item.given |= !item.connected.is_empty();
        items.push(item);
    }
    let (mut history, mut agreements) = (Vec::new(), Vec::new());
    for one in chain.iter().rev() {
        match &one.word {
            Word::Said(said) => history.push(SaidBody::new(&one.link, said)),
            Word::Agreement(agreement) => agreements.push(AgreementBody::new(&one.link, agreement)),
        }
    }
    history.truncate(HISTORY_MAX);
    agreements.truncate(HISTORY_MAX);
    Ok(ConsentsBody { items, history, agreements, proof })
}

/// Whether a chat of theirs keeps what is said.
async fn remembers(deps: &Deps, caller: &Signed) -> Result<bool, Problem> {
    let keys: Vec<Key> = Door::ALL.iter().map(|door| Key::Chat(caller.user, *door)).collect();
    let chats = deps.store.read(&keys).await.map_err(store_problem)?;
    Ok(keys.iter().any(|key| matches!(chats.record(key), Some(Record::Chat(chat)) if chat.state.remembers)))
}

pub async fn say(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let body: ConsentRequest = request.json()?;
    let purpose = Purpose::from_code(&body.purpose).ok_or_else(|| Problem::invalid_field("/purpose", "is no purpose of ours"))?;
    let notice = find(purpose, body.notice_version).map_err(Problem::internal)?;
    let notice = notice.ok_or_else(|| Problem::invalid_field("/notice_version", "there is no such notice of this purpose"))?;
    let text = notice.text_in(&body.lang).ok_or_else(|| Problem::invalid_field("/lang", "the notice is not written in this language"))?;
    let is_current = current(purpose).map_err(Problem::internal)?.version == notice.version;
    if body.given && !is_current {
        return Err(Problem::invalid_field("/notice_version", "there is a newer notice; show that one"));
    }
    match purpose {
        Purpose::AssistantMemory => {
            return Err(Problem::new(CONSENT_ELSEWHERE, "This is agreed to, and taken back, in the chat: write \"memory\" there."));
        }
        Purpose::Service if !body.given => {
            return Err(Problem::new(CONSENT_ELSEWHERE, "Without this there is no account: have it erased (`POST /v1/privacy/erasure`)."));
        }
        _ => {}
    }
    limit(deps, &format!("consents:{}", caller.user), SAID_MAX, DAY_S).await?;
    let shown = Shown { version: notice.version, lang: body.lang, sha256: text.sha256() };
    let (user, given, request_id) = (caller.user, body.given, request.request_id.clone());
    let command = SayConsent { user, purpose, given, notice: shown, request_id };
    let consents = consents::say(deps, &command, &request.trace()).await?;
    Ok(Reply::ok(&told(deps, caller, &consents).await?))
}
