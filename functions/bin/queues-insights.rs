#![recursion_limit = "256"]

fn main() -> lambda::Exit {
    lambda::queue(functions::queues::insights::handle)
}
