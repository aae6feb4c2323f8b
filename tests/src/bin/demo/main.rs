//! The main job, from a customer's payment to cash in the worker's bank, as a timeline.
//!
//! Every line is something that was seen to happen; the first that is not ends the demo with 1.

mod assistant;
mod cashbook;
mod money;
mod notices;
mod people;
mod plans;
mod privacy;
mod proof;

use anyhow::Result;
use serde_json::Value;
use std::{path::Path, time::Instant};
use tests::{phone, socket::Feed, stack::Stack, worker::Worker};

/// An operator's phone, by the local stack's settings.
const STAFF: &str = "+919999900001";

struct Timeline {
    began: Instant,
    last: Instant,
}

impl Timeline {
    /// One line: when, how long since the line before, and what was seen.
    fn seen(&mut self, who: &str, what: impl AsRef<str>) {
        let now = Instant::now();
        println!(
            "  {:>7.3} s  {:>6} ms  {:<9} {}",
            now.duration_since(self.began).as_secs_f64(),
            now.duration_since(self.last).as_millis(),
            who,
            what.as_ref()
        );
        self.last = now;
    }
}

fn rupees(value: &Value) -> String {
    domain::money::Rupees(value.as_i64().unwrap_or_default()).to_string()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("?")
}

fn key(name: &str) -> String {
    format!("demo-{name}-{}", phone::fresh())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let stack = Stack::open(Path::new(".local/stack.json"))?;
    let mut time = Timeline { began: Instant::now(), last: Instant::now() };
    println!("\n     when       hop  who       what");

    let asha = Worker::log_in_patiently(&stack, &phone::fresh()).await?;
    time.seen("Asha", "logs in with the one-time password that her phone received");
    let ravi = Worker::log_in_patiently(&stack, &phone::fresh()).await?;
    time.seen("Ravi", "logs in");
    let mut feed = Feed::open(&asha, 0).await?;
    time.seen("socket", "opened with a single-use ticket; it shows every fact of Asha's money");

    notices::wishes(&stack, &asha, &ravi, &mut time).await?;

    money::money_in(&stack, &asha, &mut feed, &mut time).await?;
    money::survive_a_cut(&stack, &asha, &mut feed, &mut time).await?;
    money::to_a_friend(&asha, &ravi, &mut feed, &mut time).await?;
    money::money_out(&asha, &mut feed, &mut time).await?;
    let second = people::another_device(&stack, &asha, &mut feed, &mut time).await?;
    notices::alert(&stack, &asha, &mut time).await?;
    people::read_there(&asha, &second, &feed, &mut time).await?;
    people::a_warning(&stack, &asha, &mut time).await?;
    people::a_word_with(&asha, &ravi, &mut time).await?;
    notices::campaign(&stack, &asha, &ravi, &mut time).await?;
    assistant::a_chat(&stack, &asha, &ravi, &mut time).await?;
    plans::a_bill_and_a_bank(&stack, &asha, &mut time).await?;
    cashbook::told_by_several(&stack, &asha, &mut time).await?;
    privacy::leave(&stack, &mut time).await?;
    proof::heard_again(&stack, &asha, &mut time).await?;
    proof::balanced(&stack, &mut time).await?;

    println!("\nEverything was seen to happen. The stack goes on running:");
    println!("  API        {}", stack.api_url);
    println!("  OpenAPI    {}/openapi.json", stack.api_url);
    println!("  socket     {}?ticket=…", stack.ws_url);
    println!("  sandbox    {}   (phones, payments, faults)", stack.sandbox_url);
    println!("  phone      {}/phone   (talk to the assistant; or ./scripts/chat --new)", stack.sandbox_url);
    println!("  end it with ./scripts/down\n");
    Ok(())
}
