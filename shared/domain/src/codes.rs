//! Enums whose values have a name of their own, in rows, in the API and in queues.

/// An enum with each of its values in `ALL`, its `code`, and back by `from_code`. A code never changes.
macro_rules! codes {
    ($(#[$about:meta])* $type:ident { $($(#[$doc:meta])* $name:ident = $code:literal;)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type { $($(#[$doc])* $name),* }

        impl $type {
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.code() == code)
            }
        }
    };
}
pub(crate) use codes;
