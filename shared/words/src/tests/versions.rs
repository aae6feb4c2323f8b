//! Words do not change without their version.

use std::collections::BTreeMap;

use fluent_syntax::ast::{Entry, Resource};
use fluent_syntax::parser::parse_runtime;
use fluent_syntax::serializer::serialize;
use sha2::{Digest, Sha256};

use super::*;
use crate::catalogue::FILES;

#[test]
fn a_template_whose_words_change_has_a_new_version() {
    let mut words: BTreeMap<String, String> = BTreeMap::new();
    for (language, text) in FILES {
        for entry in parse_runtime(*text).unwrap().body {
            let Entry::Message(message) = &entry else { continue };
            let name = message.id.name.to_owned();
            *words.entry(name).or_default() += &format!("{language} {}", serialize(&Resource { body: vec![entry] }));
        }
    }
    let mut now = String::new();
    for template in Template::ALL {
        let said = format!("{:?}\n{}", template.variables, words[&template.name.replace('.', "-")]);
        now += &format!("{} {} {}\n", template.name, template.version, &hex::encode(Sha256::digest(said))[..12]);
    }
    let known = include_str!("../../messages/versions.txt");
    let changed: Vec<&str> = now.lines().filter(|line| !known.lines().any(|known| known == *line)).collect();
    assert!(changed.is_empty(), "raise the version of these, and write them to messages/versions.txt:\n{}", changed.join("\n"));
    assert_eq!(known.lines().count(), Template::ALL.len(), "messages/versions.txt has a template that there is not");
}
