#![recursion_limit = "256"]

fn main() -> lambda::Exit {
    lambda::stream(functions::streams::fold::handle)
}
