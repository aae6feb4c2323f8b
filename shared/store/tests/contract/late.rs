//! DynamoDB removes rows whose time is over when it likes, days later: their time says whether they count.

use crate::world::*;
use domain::{
    bank::{Bank, LINK_LASTS},
    chat::Door,
    id::{Fingerprint, SessionId},
    identity::Session,
    vault::Sealed,
};
use jiff::SignedDuration;
use store::{ChatLine, Export};

#[tokio::test]
async fn f22_what_has_expired_counts_no_more_though_it_is_still_there() {
    let (store, asha, now) = (store().await, user("asha"), now());
    let sealed = Sealed { key: "k".to_owned(), bytes: vec![1] };
    let session = SessionId::new(now, Fingerprint::of("session", "asha"));
    let expires_at = now + SignedDuration::from_secs(60);
    store.put_session(&Session { id: session, user: asha, token_hash: "t".to_owned(), revoked: false, expires_at }).await.unwrap();
    store.put_ticket("ticket", asha, "ses", now).await.unwrap();
    store.put_connection("c1", asha, "ses", now).await.unwrap();
    store.subscribe(asha, "c1", "user:x", now).await.unwrap();
    store.put_link("link", asha, Bank::id_of(asha, "demo-bank"), now).await.unwrap();
    store.keep_raw(asha, Fingerprint::of("raw", "1"), &sealed, expires_at).await.unwrap();
    let line = ChatLine { theirs: true, text: "hello".to_owned(), at_s: now.as_second() };
    store.add_chat_lines(asha, Door::Meta, vec![line], now).await.unwrap();
    let export = Export {
        id: "e".to_owned(),
        session: String::new(),
        asked_at_s: now.as_second(),
        making_until_s: None,
        parts: Vec::new(),
        rows: 0,
        expires_at_s: expires_at.as_second(),
    };
    assert!(store.begin_export(asha, &export, now).await.unwrap());
    for (at, counts) in [(now, true), (now + SignedDuration::from_hours(48), false)] {
        assert_eq!(store.session(session, at).await.unwrap().is_some(), counts, "a session");
        assert_eq!(store.connection("c1", at).await.unwrap().is_some(), counts, "a connection");
        assert_eq!(store.subscriptions(asha, at).await.unwrap().len(), usize::from(counts), "what it shows");
        assert_eq!(store.link("link", at).await.unwrap().is_some(), counts, "a link to a bank");
        assert_eq!(store.raw(asha, at).await.unwrap().len(), usize::from(counts), "texts");
        assert_eq!(store.chat_lines(asha, Door::Meta, at).await.unwrap().len(), usize::from(counts), "lines of a chat");
        assert_eq!(store.export(asha, at).await.unwrap().is_some(), counts, "a copy");
    }
    let rotated = store.rotate(session, "t", "u", expires_at, now + SignedDuration::from_hours(48)).await.unwrap();
    assert_eq!(rotated, store::Rotation::Dead, "a session that is over is not refreshed");
    assert_eq!(store.take_ticket("ticket", now + SignedDuration::from_secs(31)).await.unwrap(), None, "a ticket");
    let just_before = now + LINK_LASTS - SignedDuration::from_secs(1);
    assert!(store.link("link", just_before).await.unwrap().is_some(), "to the end of its time");
}
