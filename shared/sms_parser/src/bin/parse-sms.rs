//! JSON lines in, JSON lines out, one for each: `{sender, message, received_at?}` to `null` or what was
//! read. A line that is no such object gets one with `error`.

use std::io::{BufRead, Read, Write};

use bank_feed::Direction;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use sms_parser::{Channel, Message, Reading, read};

/// A longer line holds no message; the rest of it is skipped.
const LINE_BYTES_MAX: u64 = 4 * 1_024 * 1_024;

#[derive(Deserialize)]
struct Asked {
    sender: Option<String>,
    message: String,
    received_at: Option<Arrival>,
}

/// RFC 3339, a day and time of India without offset, or milliseconds since 1970 as phones count.
#[derive(Deserialize)]
#[serde(untagged)]
enum Arrival {
    Told(Timestamp),
    Indian(DateTime),
    Milliseconds(i64),
    /// Says nothing, and is no reason to refuse the message.
    Other(IgnoredAny),
}

impl Arrival {
    fn at(&self) -> Option<Timestamp> {
        match self {
            Self::Told(at) => Some(*at),
            Self::Indian(at) => at.to_zoned(TimeZone::fixed(jiff::tz::Offset::from_seconds(19_800).ok()?)).ok().map(|at| at.timestamp()),
            Self::Milliseconds(at) => Timestamp::from_millisecond(*at).ok(),
            Self::Other(_) => None,
        }
    }
}

#[derive(Serialize)]
struct Answer<'a> {
    direction: Direction,
    /// Of the currency's hundredth: paise.
    amount: i64,
    currency: &'a str,
    account_last4: Option<&'a str>,
    merchant: Option<&'a str>,
    balance: Option<i64>,
    reference: Option<&'a str>,
    channel: Option<Channel>,
    at: Option<String>,
}

#[derive(Serialize)]
struct Refused {
    error: String,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut input = std::io::stdin().lock();
    let mut output = std::io::BufWriter::new(std::io::stdout().lock());
    let mut line = Vec::new();
    while (&mut input).take(LINE_BYTES_MAX).read_until(b'\n', &mut line)? > 0 {
        if line.len() as u64 == LINE_BYTES_MAX && line.last() != Some(&b'\n') {
            input.skip_until(b'\n')?;
        }
        write(&mut output, &line)?;
        output.write_all(b"\n")?;
        // Who writes line by line waits for each answer.
        output.flush()?;
        line.clear();
    }
    Ok(())
}

fn write(output: &mut impl Write, line: &[u8]) -> serde_json::Result<()> {
    let asked: Asked = match serde_json::from_slice(line) {
        Ok(asked) => asked,
        Err(error) => return serde_json::to_writer(output, &Refused { error: error.to_string() }),
    };
    match read(&Message {
        sender: asked.sender.as_deref(),
        text: &asked.message,
        received_at: asked.received_at.as_ref().and_then(Arrival::at),
    }) {
        Reading::NotATransaction(_) => serde_json::to_writer(output, &()),
        Reading::Transaction(told) => serde_json::to_writer(
            output,
            &Answer {
                direction: told.direction,
                amount: told.amount_minor,
                currency: told.currency.code(),
                account_last4: told.account_last4.as_deref(),
                merchant: told.merchant.as_deref(),
                balance: told.balance_minor,
                reference: told.reference.as_deref(),
                channel: told.channel,
                at: told.at.as_ref().map(rfc3339),
            },
        ),
    }
}

fn rfc3339(at: &Zoned) -> String {
    at.timestamp().display_with_offset(at.offset()).to_string()
}
