//! Receipts, and the count of what is unread.

use super::*;
use crate::testing::permutations;

fn pair() -> (World, Room) {
    let mut world = people(&["asha", "ravi"]);
    let create = direct(&world, "asha", "ravi");
    let room = made(&mut world, &create);
    (world, room)
}

/// F43.
#[test]
fn what_is_unread_is_what_stands_after_the_cursor_with_two_devices() {
    let (mut world, room) = pair();
    for n in 0..5 {
        posted(&mut world, &room, "asha", &format!("{n}"));
    }
    assert_eq!(seat(&world, &room, "ravi").unread(5), 5);
    let phone = world.run(&mark(&room, "ravi", 5, 3)).unwrap();
    assert_eq!((phone.unread, phone.head, phone.changed), (2, 5, true));
    let tablet = world.run(&mark(&room, "ravi", 2, 1)).unwrap();
    assert_eq!((tablet.unread, tablet.changed), (2, false), "the slower device takes nothing back");
    posted(&mut world, &room, "asha", "one more");
    assert_eq!(world.run(&mark(&room, "ravi", 0, 0)).unwrap().unread, 3);
    let all = world.run(&mark(&room, "ravi", 0, u64::MAX)).unwrap();
    assert_eq!((all.unread, all.seat.read.through, all.seat.delivered_through), (0, 6, 6), "up to the end, and no further");
}

#[test]
fn what_is_read_was_delivered() {
    let (mut world, room) = pair();
    posted(&mut world, &room, "asha", "one");
    posted(&mut world, &room, "asha", "two");
    let delivered = world.run(&mark(&room, "ravi", 1, 0)).unwrap().seat;
    assert_eq!((delivered.delivered_through, delivered.read.through), (1, 0));
    let read = world.run(&mark(&room, "ravi", 0, 2)).unwrap().seat;
    assert_eq!((read.delivered_through, read.read.through), (2, 2));
}

#[test]
fn nobody_has_to_read_what_they_wrote_and_a_reply_is_no_receipt() {
    let (mut world, room) = pair();
    posted(&mut world, &room, "asha", "hers");
    posted(&mut world, &room, "ravi", "his, sent before he saw hers");
    assert_eq!((seat(&world, &room, "asha").unread(2), seat(&world, &room, "ravi").unread(2)), (1, 1));
    let ravi = seat(&world, &room, "ravi");
    assert_eq!((ravi.read.through, ravi.delivered_through), (0, 0), "she is not told that he read hers");
    let read = world.run(&mark(&room, "ravi", 0, 1)).unwrap();
    assert_eq!((read.unread, read.seat.read.through, read.seat.delivered_through), (0, 2, 2), "with hers, his own is behind him");
}

#[test]
fn marks_come_to_the_same_in_any_order() {
    let marks = [(3, 1), (2, 2), (6, 0), (0, 4)];
    let ends = permutations(&marks).into_iter().map(|order| {
        let (mut world, room) = pair();
        for n in 0..6 {
            posted(&mut world, &room, if n == 3 { "ravi" } else { "asha" }, "x");
        }
        let mut before = seat(&world, &room, "ravi");
        for (delivered, read) in &order {
            let after = world.run(&mark(&room, "ravi", *delivered, *read)).unwrap().seat;
            assert!(after.delivered_through >= before.delivered_through && after.read.through >= before.read.through, "{order:?}");
            before = after;
        }
        (before.delivered_through, before.read.through, before.unread(6))
    });
    let ends: Vec<_> = ends.collect();
    assert!(ends.iter().all(|end| *end == (6, 4, 2)), "{ends:?}");
}
