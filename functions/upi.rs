//! Links and QR codes that UPI apps open to pay an order.
//!
//! Whatever the phone says afterwards is the payer's word, and nothing is credited on it: whoever runs
//! the merchant's UPI id tells of the money.

use crate::{
    body::money_in::{UpiAppBody, UpiBody},
    config::UpiSettings,
    refusals::{UNPAYABLE, UPI_NOT_HERE},
};
use domain::payment::{Payment, PaymentStatus};
use lambda::Problem;
use serde::Deserialize;
use upi::{Ask, Link, Vpa, qr_svg};

/// A UPI app, and how it is asked for by name. Of these only Google Pay's are documented by their maker,
/// so a deployment may have its own list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct App {
    /// In our answers; short, and stays.
    pub app: String,
    pub name: String,
    /// What an intent of Android's is given, so that this app opens and no other.
    pub android_package: String,
    /// What stands in the place of `upi://pay` on iOS. None where no scheme is known.
    pub ios_link: Option<String>,
}

const APPS: &str = include_str!("upi/apps.json");

/// The apps that a deployment names none in the place of.
fn usual_apps() -> Result<Vec<App>, Problem> {
    serde_json::from_str(APPS).map_err(Problem::internal)
}

/// What opens a UPI app on this order.
pub fn ways_to_pay(payment: &Payment, settings: &UpiSettings) -> Result<UpiBody, Problem> {
    let Some(payee) = settings.vpa.as_deref() else {
        return Err(Problem::new(UPI_NOT_HERE, "This deployment has no UPI id of its own. Open the order's checkout or page instead."));
    };
    if payment.status == PaymentStatus::Captured {
        return Err(Problem::new(UNPAYABLE, "It was paid. Open another order."));
    }
    let link = link(payment, payee, settings)?;
    let apps = match &settings.apps {
        Some(apps) => apps.clone(),
        None => usual_apps()?,
    };
    let text = link.to_string();
    let apps = apps.into_iter().map(|app| UpiAppBody {
        ios_link: app.ios_link.map(|beginning| link.beginning_with(&beginning)),
        app: app.app,
        name: app.name,
        android_package: app.android_package,
    });
    let qr_svg = qr_svg(&text).ok_or_else(|| Problem::internal("a link that no QR code takes"))?;
    Ok(UpiBody { payment_id: payment.id.to_string(), apps: apps.collect(), qr_svg, link: text })
}

fn link(payment: &Payment, payee: &str, settings: &UpiSettings) -> Result<Link, Problem> {
    let payee = Vpa::parse(payee).ok_or_else(|| Problem::internal("the setting upi.vpa is no UPI id"))?;
    // Our id without its underscore: a reference has letters and digits only.
    let reference: String = payment.id.to_string().chars().filter(char::is_ascii_alphanumeric).collect();
    let ask = Ask {
        payee,
        name: settings.name.as_deref().unwrap_or("Kamai"),
        amount_paise: payment.amount,
        reference: &reference,
        note: payment.note.as_deref(),
        merchant_code: settings.merchant_code.as_deref(),
    };
    Link::asking(ask).map_err(Problem::internal)
}

#[cfg(test)]
mod tests;
