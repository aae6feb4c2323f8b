//! Whether a text is one of a registered template: equal to it byte for byte outside its
//! variables, and each variable of the type it was tagged with.

/// Which characters may stand in a tag's place.
type Allowed = fn(char) -> bool;

/// Tags, and what may stand in their place. Portals spell some differently.
const TAGS: [(&str, Allowed); 9] = [
    ("{#var#}", |_| true),
    ("#numeric#", |c| c.is_ascii_digit() || ".,".contains(c)),
    ("#number#", |c| c.is_ascii_digit() || ".,".contains(c)),
    ("#alphanumeric#", |c| c.is_alphanumeric() || " .,-/&()*:+@_".contains(c)),
    ("#url#", |c| !c.is_whitespace()),
    ("#urlott#", |c| !c.is_whitespace()),
    ("#cbn#", |c| c.is_ascii_digit() || c == '+'),
    ("#email#", |c| !c.is_whitespace()),
    ("#var#", |_| true),
];

/// The old limit of a variable. Still kept to by operators, so a longer one is a mistake.
const VARIABLE_CHARACTERS_MAX: usize = 30;

pub fn is_of(template: &str, text: &str) -> bool {
    let Some((at, tag, allowed)) = first_tag(template) else {
        return template == text;
    };
    let Some(mut rest) = text.strip_prefix(&template[..at]) else {
        return false;
    };
    let after = &template[at + tag.len()..];
    for taken in 0..=VARIABLE_CHARACTERS_MAX {
        if taken > 0 && is_of(after, rest) {
            return true;
        }
        match rest.chars().next() {
            Some(c) if allowed(c) => rest = &rest[c.len_utf8()..],
            _ => return false,
        }
    }
    false
}

fn first_tag(template: &str) -> Option<(usize, &'static str, Allowed)> {
    TAGS.iter().filter_map(|(tag, allowed)| template.find(tag).map(|at| (at, *tag, *allowed))).min_by_key(|(at, _, _)| *at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_its_templates_or_it_is_not() {
        let template = "Rs.#numeric# paid to #alphanumeric# on #alphanumeric#. Ref {#var#}";
        assert!(is_of(template, "Rs.1,250.00 paid to Ravi Kumar on 21-Nov. Ref 523223155921"));
        assert!(!is_of(template, "Rs.1,250.00 paid to Ravi Kumar on 21-Nov. Ref "));
        assert!(!is_of(template, "Rs.many paid to Ravi Kumar on 21-Nov. Ref 1"));
        assert!(!is_of(template, "rs.1 paid to Ravi Kumar on 21-Nov. Ref 1"));
        assert!(!is_of(template, "Rs.1 paid to Ravi Kumar on 21-Nov. Ref 1 and more than thirty characters"));
        assert!(is_of("Welcome", "Welcome"));
        assert!(!is_of("Welcome", "Welcome "));
    }
}
