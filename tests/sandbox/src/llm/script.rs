//! What the models are to say.

use std::collections::{HashMap, VecDeque};

use serde::Deserialize;
use serde_json::Value;

/// An answer of a language model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    pub tool_calls: Vec<ToolCall>,
    pub text: Option<String>,
    pub finish_reason: Option<String>,
}

/// A tool and its arguments, as they are written: JSON as a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToolCall {
    pub name: String,
    pub arguments: String,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scripted {
    #[serde(default)]
    tool_calls: Vec<ScriptedCall>,
    text: Option<String>,
    when_contains: Option<String>,
    finish_reason: Option<String>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ScriptedCall {
    name: String,
    #[serde(default)]
    arguments: Value,
}

impl Scripted {
    pub fn check(self) -> Result<Self, String> {
        if self.tool_calls.is_empty() && self.text.is_none() { Err("`tool_calls` or `text`".into()) } else { Ok(self) }
    }

    fn fits(&self, said: &str) -> bool {
        self.when_contains.as_ref().is_none_or(|part| said.contains(part))
    }

    fn into_answer(self) -> Answer {
        let call = |call: ScriptedCall| ToolCall {
            name: call.name,
            arguments: match call.arguments {
                Value::String(text) => text,
                Value::Null => "{}".to_owned(),
                json => json.to_string(),
            },
        };
        Answer { tool_calls: self.tool_calls.into_iter().map(call).collect(), text: self.text, finish_reason: self.finish_reason }
    }
}

/// What a recording says.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transcript {
    pub text: String,
    #[serde(default)]
    pub no_speech_prob: f64,
    pub language: Option<String>,
    sha256: Option<String>,
    #[serde(default)]
    any: bool,
}

impl Transcript {
    pub fn check(self) -> Result<Self, String> {
        if self.sha256.is_some() == self.any {
            return Err("either `sha256` or `any`".into());
        }
        let is_hash = |text: &String| text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if !self.sha256.as_ref().is_none_or(is_hash) {
            return Err("`sha256` is 64 lower-case hex digits".into());
        }
        if !(0.0..=1.0).contains(&self.no_speech_prob) {
            return Err("`no_speech_prob` is 0 to 1".into());
        }
        Ok(self)
    }

    pub fn saying(text: &str) -> Self {
        Self { text: text.to_owned(), no_speech_prob: 0.01, language: None, sha256: None, any: true }
    }

    /// What Whisper makes of silence.
    pub fn silence() -> Self {
        Self { no_speech_prob: 0.98, ..Self::saying(" Thank you.") }
    }
}

#[derive(Clone, Default)]
pub struct Script {
    answers: VecDeque<Scripted>,
    by_sha256: HashMap<String, Transcript>,
    transcripts: VecDeque<Transcript>,
}

impl Script {
    pub fn add(&mut self, answer: Scripted) {
        self.answers.push_back(answer);
    }

    pub fn forget_answers(&mut self) {
        self.answers.clear();
    }

    /// The first answer that fits, which is used up.
    pub fn answer(&mut self, said: &str) -> Option<Answer> {
        let place = self.answers.iter().position(|answer| answer.fits(said))?;
        Some(self.answers.remove(place)?.into_answer())
    }

    pub fn add_transcript(&mut self, transcript: Transcript) {
        match &transcript.sha256 {
            Some(sha256) => drop(self.by_sha256.insert(sha256.clone(), transcript)),
            None => self.transcripts.push_back(transcript),
        }
    }

    pub fn transcript(&mut self, sha256: &str) -> Option<Transcript> {
        self.by_sha256.get(sha256).cloned().or_else(|| self.transcripts.pop_front())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scripted(text: &str) -> Scripted {
        serde_json::from_str::<Scripted>(text).unwrap().check().unwrap()
    }

    #[test]
    fn answers_go_in_turn_to_who_fits() {
        let mut script = Script::default();
        script.add(scripted(r#"{"text":"yours","when_contains":"balance"}"#));
        script.add(scripted(r#"{"text":"first"}"#));
        script.add(scripted(r#"{"tool_calls":[{"name":"a","arguments":{"x":1}},{"name":"b","arguments":"{not json"},{"name":"c"}]}"#));
        assert_eq!(script.answer("hello").unwrap().text.as_deref(), Some("first"));
        let calls = script.answer("hello").unwrap().tool_calls;
        assert_eq!(calls.iter().map(|call| call.arguments.as_str()).collect::<Vec<_>>(), [r#"{"x":1}"#, "{not json", "{}"]);
        assert_eq!(script.answer("hello"), None);
        assert_eq!(script.answer("my balance?").unwrap().text.as_deref(), Some("yours"));
        assert_eq!(script.answer("my balance?"), None);
    }

    #[test]
    fn a_recording_says_the_same_each_time_and_another_what_comes_next() {
        let mut script = Script::default();
        let hash = "0".repeat(64);
        let known = Transcript { sha256: Some(hash.clone()), any: false, ..Transcript::saying("known") };
        script.add_transcript(known.check().unwrap());
        script.add_transcript(Transcript::saying("next"));
        assert_eq!(script.transcript(&hash).unwrap().text, "known");
        assert_eq!(script.transcript("other").unwrap().text, "next");
        assert!(script.transcript("other").is_none());
        assert_eq!(script.transcript(&hash).unwrap().text, "known");
    }

    #[test]
    fn what_says_nothing_is_refused() {
        assert!(serde_json::from_str::<Scripted>("{}").unwrap().check().is_err());
        for text in [r#"{"text":"a"}"#, r#"{"text":"a","any":true,"sha256":"0"}"#, r#"{"text":"a","sha256":"0"}"#] {
            assert!(serde_json::from_str::<Transcript>(text).unwrap().check().is_err(), "{text}");
        }
    }
}
