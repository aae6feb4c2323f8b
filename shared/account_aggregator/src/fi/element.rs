//! What XML and its JSON renderings have in common.

use super::{BadDocument, DEPTH_MAX, ELEMENTS_MAX};

/// An element with its attributes and its elements; texts do not occur.
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Element>,
}

impl Element {
    /// The first of these attributes that says something. `NA` and `null` say nothing.
    pub fn attribute(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|wanted| {
            let (_, value) = self.attributes.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted))?;
            Some(value.trim())
                .filter(|value| !value.is_empty() && !["NA", "N/A", "null"].iter().any(|none| none.eq_ignore_ascii_case(value)))
        })
    }

    pub fn children(&self, name: &str) -> impl Iterator<Item = &Self> {
        self.children.iter().filter(move |child| child.name.eq_ignore_ascii_case(name))
    }

    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children(name).next()
    }
}

/// How much more of a document is read.
pub struct Budget(u32);

impl Budget {
    pub fn whole() -> Self {
        Self(ELEMENTS_MAX)
    }

    pub fn take(&mut self, depth: u32) -> Result<(), BadDocument> {
        if depth > DEPTH_MAX {
            return Err(BadDocument::TooDeep);
        }
        self.0 = self.0.checked_sub(1).ok_or(BadDocument::TooMany)?;
        Ok(())
    }
}
