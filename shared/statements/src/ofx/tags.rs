//! Tags and the texts between them.

use std::borrow::Cow;

use crate::error::{Place, Refusal};

/// No name of OFX is as long.
const NAME_BYTES_MAX: usize = 40;

pub enum Tag<'a> {
    Open(&'a str),
    Close(&'a str),
    /// Not blank, trimmed.
    Text(Cow<'a, str>),
}

pub struct Tags<'a> {
    rest: &'a str,
    line: u32,
    /// The line in which the last tag or text began.
    begun: u32,
    /// The name of `<NAME/>`, which closes next.
    closing: Option<&'a str>,
}

impl<'a> Tags<'a> {
    pub fn of(head: &str, body: &'a str) -> Result<Self, Refusal> {
        let mut tags = Self { rest: body, line: 1, begun: 1, closing: None };
        let definition = head.match_indices("<!").find(|(at, _)| !head.get(*at..).is_some_and(|rest| rest.starts_with("<!--")));
        if let Some((at, _)) = definition {
            tags.count(head.get(..at).unwrap_or_default());
            tags.begun = tags.line;
            return Err(Refusal::Definition { place: tags.place() });
        }
        tags.count(head);
        tags.begun = tags.line;
        Ok(tags)
    }

    /// Where the last tag or text began.
    pub fn place(&self) -> Place {
        Place::line(self.begun)
    }

    fn count(&mut self, passed: &str) {
        let lines = passed.bytes().filter(|byte| *byte == b'\n').count();
        self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
    }

    fn pass(&mut self, bytes: usize) -> &'a str {
        let (passed, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.count(passed);
        self.rest = rest;
        passed
    }

    /// What stands up to and with `end`; the file breaks off where it does not come.
    fn within(&mut self, start: usize, end: &str) -> Result<&'a str, Refusal> {
        let place = self.place();
        let body = self.rest.get(start..).unwrap_or_default();
        let length = body.find(end).ok_or(Refusal::BreaksOff { place })?;
        self.pass(start + length + end.len());
        Ok(body.get(..length).unwrap_or_default())
    }

    pub fn next(&mut self) -> Result<Option<Tag<'a>>, Refusal> {
        if let Some(name) = self.closing.take() {
            return Ok(Some(Tag::Close(name)));
        }
        while !self.rest.is_empty() {
            self.pass(self.rest.len() - self.rest.trim_start().len());
            self.begun = self.line;
            if self.rest.starts_with("<!--") {
                self.within(4, "-->")?;
            } else if self.rest.starts_with("<![CDATA[") {
                let text = self.within(9, "]]>")?.trim();
                if !text.is_empty() {
                    return Ok(Some(Tag::Text(Cow::Borrowed(text))));
                }
            } else if self.rest.starts_with("<!") {
                return Err(Refusal::Definition { place: self.place() });
            } else if self.rest.starts_with("<?") {
                self.within(2, "?>")?;
            } else if let Some((name, is_end, is_whole, length)) = name(self.rest) {
                self.pass(length);
                if is_whole {
                    self.closing = Some(name);
                }
                return Ok(Some(if is_end { Tag::Close(name) } else { Tag::Open(name) }));
            } else if let Some(text) = self.text() {
                return Ok(Some(Tag::Text(text)));
            }
        }
        Ok(None)
    }

    /// Up to the next tag. A `<` that begins none is a part of the text.
    fn text(&mut self) -> Option<Cow<'a, str>> {
        let mut length = 0;
        loop {
            let from = if length == 0 && self.rest.starts_with('<') { 1 } else { length };
            length = match self.rest.get(from..).and_then(|rest| rest.find('<')) {
                Some(at) => from + at,
                None => self.rest.len(),
            };
            let next = self.rest.get(length..).unwrap_or_default();
            if next.is_empty() || name(next).is_some() || next.starts_with("<!") || next.starts_with("<?") {
                break;
            }
            length += 1;
        }
        let text = self.pass(length).trim();
        (!text.is_empty()).then(|| unescaped(text))
    }
}

/// The name of the tag at the start, whether it closes, whether it opens and closes, and its length.
fn name(text: &str) -> Option<(&str, bool, bool, usize)> {
    let inner = text.strip_prefix('<')?;
    let (is_end, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    let length = inner.find(|sign: char| !(sign.is_ascii_alphanumeric() || matches!(sign, '.' | '_' | '-' | ':'))).unwrap_or(inner.len());
    let name = inner.get(..length).filter(|name| name.starts_with(|sign: char| sign.is_ascii_alphabetic()) && length <= NAME_BYTES_MAX)?;
    let behind = inner.get(length..)?;
    // Attributes are not used; a tag's end is near.
    let end = behind.bytes().take(256).position(|byte| byte == b'>')?;
    let attributes = behind.get(..end)?;
    let is_whole = attributes.ends_with('/');
    let is_tag = attributes.is_empty() || attributes.starts_with(|sign: char| sign.is_ascii_whitespace() || sign == '/');
    let total = text.len() - behind.len() + end + 1;
    (is_tag && !attributes.contains('<')).then_some((name, is_end, is_whole && !is_end, total))
}

/// The five entities of XML, `&nbsp;` and numbers of characters; another `&` is one.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        plain.push_str(before);
        let end = from.bytes().take(10).position(|byte| byte == b';');
        let sign = end.and_then(|end| from.get(1..end)).and_then(entity);
        match (sign, end) {
            (Some(sign), Some(end)) => {
                plain.push(sign);
                rest = from.get(end + 1..).unwrap_or_default();
            }
            _ => {
                plain.push('&');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}
