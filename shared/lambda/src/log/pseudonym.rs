//! A user's name in the log.

use sha2::{Digest, Sha256};

/// Twelve hex digits that are always the same for a user, and tell nobody who they are.
///
/// Without a key: an id has 80 random bits, so there is nothing to try through, and functions
/// that hold no pepper log users as well.
pub fn pseudonym(user_id: &str) -> String {
    let digest = Sha256::new().chain_update(b"kamai log user\0").chain_update(user_id).finalize();
    hex::encode(&digest[..6])
}

#[cfg(test)]
mod tests {
    use super::pseudonym;

    #[test]
    fn a_user_is_always_the_same_and_no_other() {
        let one = pseudonym("usr_01JZ8M3V9C5T7Q2K4N6P8R0S1T");
        assert_eq!(one.len(), 12);
        assert_eq!(one, pseudonym("usr_01JZ8M3V9C5T7Q2K4N6P8R0S1T"));
        assert_ne!(one, pseudonym("usr_01JZ8M3V9C5T7Q2K4N6P8R0S1V"));
    }
}
