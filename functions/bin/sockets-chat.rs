#![recursion_limit = "256"]

fn main() -> lambda::Exit {
    lambda::socket(functions::sockets::chat::handle)
}
