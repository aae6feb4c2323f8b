//! Test messages of other programs, where the shared data lies beside the repository (or where
//! `KAMAI_SHARED_DATA` says); nothing is checked without them. They are not part of the project.
//!
//! Merchants are compared loosely, and only where the message holds them: the rest are those programs'
//! own labels. Some of what they leave out are transactions by our rules, hence the third bar.

use std::path::{Path, PathBuf};

mod score;

use score::{Failure, Score};

const MONEY_MIN: usize = 970;
const FIELDS_MIN: usize = 850;
const FALSE_MAX: usize = 50;

fn sets() -> Vec<PathBuf> {
    let data = std::env::var_os("KAMAI_SHARED_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    ["pennywise.jsonl", "finlight.jsonl"].iter().map(|name| data.join("sms").join(name)).filter(|path| path.is_file()).collect()
}

#[test]
fn messages_of_other_programs_are_read() -> Result<(), Failure> {
    for path in sets() {
        let score = score::foreign(&path)?;
        let money = Score::thousandths(score.money_right, score.transactions);
        let fields = Score::thousandths(score.all_right, score.transactions);
        let false_ones = score.false_ones * 1_000 / score.others.max(1);
        println!("{}: money {money}, fields {fields}, false {false_ones} of 1000; {:?}", path.display(), score.fields);
        assert!(money >= MONEY_MIN && fields >= FIELDS_MIN && false_ones <= FALSE_MAX, "{}", score.wrong.join("\n"));
    }
    Ok(())
}
