use super::*;

fn act(id: &str) -> Act {
    Act {
        id: id.to_owned(),
        at: Timestamp::from_millisecond(1_790_000_000_000).unwrap(),
        by: "usr_01J0000000000000000000000".to_owned(),
        request_id: "req-1".to_owned(),
        action: "webhook.replay".to_owned(),
        subject: "razorpay#ev_1".to_owned(),
        proof: "processed credited".to_owned(),
        forced: false,
    }
}

/// Entries that hang on one another, and their head.
fn log(count: usize) -> (Vec<Entry>, Head) {
    let mut head = Head::START;
    let entries = (1..=count).map(|number| {
        let entry = Entry::after(head, act(&format!("req-{number}")));
        head = entry.head();
        entry
    });
    (entries.collect(), head)
}

fn broken(entries: &[Entry], head: Head) -> Option<(u64, Why)> {
    verify(entries, head).err().map(|found| (found.seq, found.why))
}

#[test]
fn an_entry_is_hashed_as_is_written_down() {
    // By hand: Python's `hashlib` over the bytes that `hash_of` describes.
    let first = Entry::after(Head::START, act("req-1"));
    assert_eq!(hex::encode(first.link.hash), "4a255536638ee70410b0887350bf379d986c716f36611d0f7b1ac11df8fe438f");
    let second = Act {
        at: Timestamp::from_millisecond(1_790_000_000_001).unwrap(),
        request_id: "req-2".to_owned(),
        action: "dead_letter.redrive".to_owned(),
        subject: "inbox m-1".to_owned(),
        proof: "fail again: नहीं".to_owned(),
        forced: true,
        ..act("req-2 m-1")
    };
    let second = Entry::after(first.head(), second);
    assert_eq!(hex::encode(second.link.hash), "b9d68f231fb3c2da4c06fd85f0d7d21c7d8039284c918c79026dc00e64cc1c46");
    assert_eq!((second.link.seq, second.link.previous), (2, first.link.hash));
}

#[test]
fn a_log_that_nobody_touched_holds() {
    for count in [0, 1, 5] {
        let (entries, head) = log(count);
        assert_eq!(broken(&entries, head), None);
    }
}

#[test]
fn every_field_that_is_changed_is_found() {
    let changes: [fn(&mut Entry); 10] = [
        |entry| entry.act.id.push('x'),
        |entry| entry.act.at += std::time::Duration::from_millis(1),
        |entry| entry.act.by.push('x'),
        |entry| entry.act.request_id.push('x'),
        |entry| entry.act.action.push('x'),
        |entry| entry.act.subject.push('x'),
        |entry| entry.act.proof.push('x'),
        |entry| entry.act.forced = true,
        |entry| entry.link.previous[0] ^= 1,
        |entry| entry.link.hash[31] ^= 1,
    ];
    for change in changes {
        for index in 0..3 {
            let (mut entries, head) = log(3);
            change(&mut entries[index]);
            assert_eq!(broken(&entries, head), Some((index as u64 + 1, Why::Changed)), "{:?}", entries[index]);
        }
    }
}

#[test]
fn what_moves_from_one_text_to_the_next_is_another_entry() {
    let (mut entries, head) = log(1);
    entries[0].act.subject.push('p');
    entries[0].act.proof.remove(0);
    assert_eq!(broken(&entries, head), Some((1, Why::Changed)));
}

#[test]
fn an_entry_that_is_taken_out_is_missing() {
    for index in 0..4 {
        let (mut entries, head) = log(4);
        entries.remove(index);
        assert_eq!(broken(&entries, head), Some((index as u64 + 1, Why::Missing)));
    }
}

#[test]
fn entries_that_change_places_are_out_of_order() {
    let (mut entries, head) = log(4);
    entries.swap(1, 2);
    assert_eq!(broken(&entries, head), Some((2, Why::OutOfOrder)));
    // Under each other's numbers they do not say what they said.
    (entries[1].link.seq, entries[2].link.seq) = (2, 3);
    assert_eq!(broken(&entries, head), Some((2, Why::Changed)));
}

#[test]
fn an_entry_that_is_put_in_is_found_whatever_its_number_is() {
    let (entries, head) = log(3);
    let forged = Entry::after(entries[0].head(), act("forged"));
    let mut beside = entries.clone();
    beside.insert(2, forged.clone());
    assert_eq!(broken(&beside, head), Some((3, Why::OutOfOrder)));
    let mut instead = entries.clone();
    instead[1] = forged;
    assert_eq!(broken(&instead, head), Some((3, Why::Forked)), "whole in itself, and not what the next one hangs on");
    let mut moved = entries;
    moved.insert(0, Entry::after(Head::START, act("forged")));
    moved[1..].iter_mut().for_each(|entry| entry.link.seq += 1);
    assert_eq!(broken(&moved, head), Some((2, Why::Changed)));
}

#[test]
fn an_end_that_is_cut_off_is_missed_by_the_head_and_by_whoever_knew_it() {
    let (entries, head) = log(5);
    assert_eq!(broken(&entries[..3], head), Some((4, Why::Missing)), "the head knows of more");
    // The head was set back with them: the log holds, for whoever sees it the first time.
    let shorter = entries[2].head();
    assert_eq!(broken(&entries[..3], shorter), None);
    let mut walk = Walk::after(Head::START).knowing(head);
    walk.follow(&entries[..3], shorter);
    assert_eq!(walk.broken(), Some(Break { seq: 4, why: Why::CutOff }));
    let mut on = Walk::after(head);
    on.follow(&[], shorter);
    assert_eq!(on.broken(), Some(Break { seq: 4, why: Why::CutOff }));
    // The head alone was set back.
    assert_eq!(broken(&entries, shorter), Some((4, Why::CutOff)));
}

#[test]
fn a_log_that_was_written_anew_is_another_for_whoever_knew_it() {
    let (_, known) = log(3);
    let mut head = Head::START;
    let forged: Vec<Entry> = ["a", "b", "c", "d"]
        .map(|id| {
            let entry = Entry::after(head, act(id));
            head = entry.head();
            entry
        })
        .into();
    assert_eq!(broken(&forged, head), None);
    let mut walk = Walk::after(Head::START).knowing(known);
    walk.follow(&forged, head);
    assert_eq!((walk.broken(), walk.reached().seq), (Some(Break { seq: 3, why: Why::Forked }), 2));
    let mut on = Walk::after(known);
    on.follow(&forged[3..], head);
    assert_eq!(on.broken(), Some(Break { seq: 4, why: Why::Forked }));
}

#[test]
fn a_head_that_is_not_the_last_entrys_is_found() {
    let (entries, head) = log(2);
    assert_eq!(broken(&entries, Head { hash: [7; 32], ..head }), Some((2, Why::Forked)));
    assert_eq!(broken(&[], Head { hash: [7; 32], ..Head::START }), Some((0, Why::Forked)));
}

#[test]
fn a_walk_goes_on_from_page_to_page_and_stops_at_the_first_break() {
    let (mut entries, head) = log(6);
    let mut walk = Walk::after(Head::START);
    walk.follow(&entries[..2], head);
    assert_eq!((walk.reached(), walk.broken()), (entries[1].head(), None));
    entries[2].act.subject.clear();
    walk.follow(&entries[2..4], head);
    walk.follow(&entries[4..], head);
    assert_eq!((walk.reached().seq, walk.broken()), (2, Some(Break { seq: 3, why: Why::Changed })));
}

#[test]
fn an_act_is_itself_whatever_is_known_of_it_by_now() {
    let first = act("m-1");
    assert!(Act { proof: "now".to_owned(), request_id: "again".to_owned(), ..first.clone() }.is(&first));
    assert!(!Act { subject: "another".to_owned(), ..first.clone() }.is(&first));
}
