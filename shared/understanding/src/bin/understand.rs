//! JSON lines in, JSON lines out: `{text, lang?, context?, now?}` to
//! `{command, slots, lang, confidence, also?}`. A line that is no such object gets one with `error`.

use std::io::{BufRead, Write};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use understanding::{Command, Context, Language, Slots, Understander, Utterance};

#[derive(Deserialize)]
struct Asked {
    text: String,
    lang: Option<String>,
    context: Option<Value>,
    now: Option<Date>,
}

#[derive(Serialize)]
struct Answer {
    command: Option<Command>,
    slots: Slots,
    lang: Language,
    confidence: f32,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<Further>,
}

#[derive(Serialize)]
struct Further {
    command: Command,
    slots: Slots,
}

#[derive(Serialize)]
struct Refused {
    error: String,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let understander = Understander::built_in()?;
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::get("Asia/Kolkata")?).date();
    let mut input = std::io::stdin().lock();
    let mut output = std::io::stdout().lock();
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        if !line.iter().all(u8::is_ascii_whitespace) {
            match serde_json::from_slice::<Asked>(&line) {
                Ok(asked) => serde_json::to_writer(&mut output, &answer(&understander, &asked, today))?,
                Err(error) => serde_json::to_writer(&mut output, &Refused { error: error.to_string() })?,
            }
            output.write_all(b"\n")?;
            output.flush()?;
        }
        line.clear();
    }
    Ok(())
}

fn answer(understander: &Understander, asked: &Asked, today: Date) -> Answer {
    let understood = understander.understand(&Utterance {
        text: &asked.text,
        language: asked.lang.as_deref().and_then(Language::from_code),
        context: asked.context.as_ref().map(context),
        now: asked.now.unwrap_or(today),
    });
    Answer {
        command: understood.command,
        slots: understood.slots,
        lang: understood.language,
        confidence: (understood.confidence * 1_000.0).round() / 1_000.0,
        also: understood.also.into_iter().map(|(command, slots)| Further { command, slots }).collect(),
    }
}

/// The command spoken of before, as its name or as `{command, account}`; anything else says nothing.
fn context(value: &Value) -> Context {
    let command = value.as_str().or_else(|| value.get("command")?.as_str()).and_then(Command::from_name);
    let account = value.get("account").and_then(Value::as_str).map(str::to_owned);
    Context { command, account }
}
