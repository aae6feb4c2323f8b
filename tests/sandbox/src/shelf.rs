//! Things kept in the order in which they were made, and found by id.

use std::collections::HashMap;

pub trait Shelved {
    fn id(&self) -> &str;
}

#[derive(Clone)]
pub struct Shelf<T> {
    items: Vec<T>,
    places: HashMap<String, usize>,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self { items: Vec::new(), places: HashMap::new() }
    }
}

impl<T: Shelved> Shelf<T> {
    pub fn put(&mut self, item: T) {
        self.places.insert(item.id().to_owned(), self.items.len());
        self.items.push(item);
    }

    pub fn get(&self, id: &str) -> Option<&T> {
        self.places.get(id).and_then(|place| self.items.get(*place))
    }

    pub fn get_mut(&mut self, id: &str) -> Option<&mut T> {
        self.places.get(id).and_then(|place| self.items.get_mut(*place))
    }

    pub fn oldest_first(&self) -> impl Iterator<Item = &T> {
        self.items.iter()
    }

    /// As Razorpay lists things.
    pub fn newest_first(&self) -> impl Iterator<Item = &T> {
        self.items.iter().rev()
    }
}
