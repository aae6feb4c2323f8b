//! Whether two names may be one: in another script, in another spelling, or only a part of it.

use crate::clean::{clean, fold};
use crate::skeleton::{consonants, skeleton};

/// Whether somebody who writes `said` may mean whoever is called `known`: each word that was said is one of
/// theirs, in whichever script and spelling.
#[must_use]
pub fn is_name_of(said: &str, known: &str) -> bool {
    let keys = |name: &str| -> Vec<String> {
        let name = clean(name);
        name.split(|c: char| c.is_whitespace() || c == '.').filter(|word| !word.is_empty()).map(|word| skeleton(&fold(word))).collect()
    };
    // Bengali writes one letter for `b` and `v`, and an `o` where others have an `a`.
    let is_bengali = [said, known].iter().any(|name| name.chars().any(|c| ('\u{980}'..='\u{9ff}').contains(&c)));
    let alike = |keys: Vec<String>| -> Vec<String> {
        if is_bengali { keys.into_iter().map(|key| consonants(&key.replace(['v', 'w'], "b"))).collect() } else { keys }
    };
    let (said, known) = (alike(keys(said)), alike(keys(known)));
    !said.is_empty() && said.iter().all(|word| !word.is_empty() && known.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_name_in_any_script_means_who_bears_it() {
        for said in ["Ravi", "ravi", "रवि", "ರವಿ", "రవి", "রবি", "Ravi Kumar", "kumar"] {
            assert!(is_name_of(said, "Ravi Kumar"), "{said}");
        }
        for said in ["Ra", "Ravindra", "Ravi Singh", "", " ", "Kumari Devi"] {
            assert!(!is_name_of(said, "Ravi Kumar"), "{said}");
        }
    }
}
