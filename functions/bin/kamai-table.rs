//! Prints the table of functions as JSON, for the infrastructure.

fn main() -> Result<(), serde_json::Error> {
    println!("{}", serde_json::to_string_pretty(functions::table::FUNCTIONS)?);
    Ok(())
}
