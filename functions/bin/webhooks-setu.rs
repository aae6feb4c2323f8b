#![recursion_limit = "256"]

fn main() -> lambda::Exit {
    lambda::api(functions::webhooks::setu::handle)
}
