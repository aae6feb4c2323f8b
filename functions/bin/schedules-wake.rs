#![recursion_limit = "256"]

fn main() -> lambda::Exit {
    lambda::schedule(functions::schedules::wake::handle)
}
