//! Chats with the assistant: every turn was done and answered, their chains are whole, and who pressed yes paid
//! once for each question.

use super::Books;
use domain::{
    chat::{Chat, Turn},
    engine::Record,
};

pub fn check(books: &Books) -> Vec<String> {
    books.find(chat).flat_map(|chat| of(books, chat)).collect()
}

fn chat(record: &Record) -> Option<&Chat> {
    if let Record::Chat(chat) = record { Some(chat) } else { None }
}

fn turn(record: &Record) -> Option<&Turn> {
    if let Record::Turn(turn) = record { Some(turn) } else { None }
}

fn of(books: &Books, chat: &Chat) -> Vec<String> {
    let mut turns: Vec<Turn> = books.find(turn).filter(|turn| (turn.user, turn.door) == (chat.user, chat.door)).cloned().collect();
    turns.sort_by_key(|turn| turn.link.seq);
    let name = format!("the chat of {} by {}", chat.user, chat.door.code());
    let mut findings = Vec::new();
    if let Some(seq) = Turn::broken(&turns, chat) {
        findings.push(format!("{name}: its chain breaks at {seq}"));
    }
    if let Some(doing) = &chat.doing {
        findings.push(format!("{name}: the turn {} is not done", doing.turn));
    }
    let confirmed: Vec<_> = turns.iter().filter(|turn| turn.entry.decision == "confirmed").map(|turn| turn.entry.proof).collect();
    let twice = |(place, proof): (usize, &[u8; 16])| confirmed[..place].contains(proof);
    if confirmed.iter().enumerate().any(twice) {
        findings.push(format!("{name}: a question was confirmed twice"));
    }
    findings
}
