//! What a text may ask for: a closed set.

use std::fmt;

use serde::{Serialize, Serializer};

macro_rules! commands {
    ($($variant:ident = $name:literal),* $(,)?) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Command { $($variant),* }

        impl Command {
            /// In the order of the model's labels; what is no command comes after the last one.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

commands! {
    CheckBalance = "check_balance",
    GetTransactions = "get_transactions",
    TransferMoney = "transfer_money",
    PayBill = "pay_bill",
    CashOut = "cash_out",
    GetSpendingInsights = "get_spending_insights",
    LogIncome = "log_income",
    LogExpense = "log_expense",
    ConnectBank = "connect_bank",
    SetGoal = "set_goal",
    EarningsToday = "earnings_today",
    HotZones = "hot_zones",
    SchemeCheck = "scheme_check",
    LoanOffer = "loan_offer",
    TaxSummary = "tax_summary",
    ChangeLanguage = "change_language",
    TalkToHuman = "talk_to_human",
    Panic = "panic",
    Help = "help",
    DisconnectBank = "disconnect_bank",
    ShowMemory = "show_memory",
    ForgetMe = "forget_me",
    StopMessages = "stop_messages",
    StartMessages = "start_messages",
    RecurringPayments = "recurring_payments",
}

impl Command {
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|command| command.name() == name)
    }

    /// Whether carrying it out would move money. In doubt, a text is none of these.
    #[must_use]
    pub fn moves_money(self) -> bool {
        matches!(self, Self::TransferMoney | Self::PayBill | Self::CashOut)
    }

    /// Whether it speaks of what was: `kal` is yesterday then, and tomorrow otherwise.
    #[must_use]
    pub fn looks_back(self) -> bool {
        !matches!(
            self,
            Self::TransferMoney | Self::PayBill | Self::CashOut | Self::SetGoal | Self::HotZones | Self::LoanOffer | Self::SchemeCheck
        )
    }

    /// Its label in the model.
    #[must_use]
    pub(crate) fn label(self) -> usize {
        self as usize
    }
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Command {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_found_by_its_name_and_its_label_is_its_place() {
        for (place, command) in Command::ALL.iter().enumerate() {
            assert_eq!(Command::from_name(command.name()), Some(*command));
            assert_eq!(command.label(), place);
        }
        assert_eq!(Command::from_name("none"), None);
    }
}
