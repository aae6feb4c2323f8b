//! Payments and refunds.

use super::common::{Currency, NOTE};
use domain::{
    payment::{Gateway, Payment},
    refund::Refund,
};
use lambda::http::amount::Amount;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenOrder {
    /// Who is to take the customer's money.
    #[serde(default)]
    pub provider: Provider,
    pub amount: Amount,
    pub currency: Currency,
    #[schemars(extend("pattern" = NOTE))]
    pub note: Option<String>,
}

/// A payment gateway.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    #[default]
    Razorpay,
    Phonepe,
}

impl From<Provider> for Gateway {
    fn from(provider: Provider) -> Self {
        match provider {
            Provider::Razorpay => Self::Razorpay,
            Provider::Phonepe => Self::Phonepe,
        }
    }
}

impl From<Gateway> for Provider {
    fn from(gateway: Gateway) -> Self {
        match gateway {
            Gateway::Razorpay => Self::Razorpay,
            Gateway::Phonepe => Self::Phonepe,
        }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct PaymentBody {
    pub id: String,
    pub status: &'static str,
    pub provider: Provider,
    pub amount: i64,
    pub currency: Currency,
    pub note: Option<String>,
    /// What refunds have taken or set aside.
    pub refunded_amount: i64,
    /// What Razorpay's checkout needs, of an order that is paid there.
    pub razorpay: Option<CheckoutBody>,
    /// Where an order is paid at PhonePe.
    pub phonepe: Option<PhonepeBody>,
    pub failure: Option<String>,
    pub created_at: String,
    pub captured_at: Option<String>,
    pub updated_at: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct CheckoutBody {
    pub key_id: String,
    pub order_id: Option<String>,
    pub payment_id: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct PhonepeBody {
    pub order_id: Option<String>,
    /// The page to open for the customer. That it sends them back says nothing: the payment's status does.
    pub page_url: Option<String>,
    pub expires_at: Option<String>,
}

/// What opens a UPI app on an order. What the app answers is the payer's word, and credits nothing.
#[derive(Debug, Serialize, JsonSchema)]
pub struct UpiBody {
    pub payment_id: String,
    /// Any app; on Android, the system asks which.
    pub link: String,
    pub apps: Vec<UpiAppBody>,
    /// The link as a QR code: an SVG.
    pub qr_svg: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct UpiAppBody {
    pub app: String,
    pub name: String,
    /// For the package of an intent on Android, together with `link`.
    pub android_package: String,
    /// For iOS, where a link opens one app.
    pub ios_link: Option<String>,
}

impl PaymentBody {
    pub fn new(payment: &Payment, key_id: &str) -> Self {
        Self {
            id: payment.id.to_string(),
            status: payment.status.code(),
            provider: payment.gateway.into(),
            amount: payment.amount,
            currency: Currency::Inr,
            note: payment.note.clone(),
            refunded_amount: payment.refunded,
            razorpay: (payment.gateway == Gateway::Razorpay).then(|| CheckoutBody {
                key_id: key_id.to_owned(),
                order_id: payment.order_id.clone(),
                payment_id: payment.provider_payment_id.clone(),
            }),
            phonepe: (payment.gateway == Gateway::Phonepe).then(|| PhonepeBody {
                order_id: payment.order_id.clone(),
                page_url: payment.page.as_ref().map(|page| page.url.clone()),
                expires_at: payment.page.as_ref().map(|page| page.expires_at.to_string()),
            }),
            failure: payment.failure.clone(),
            created_at: payment.created_at.to_string(),
            captured_at: payment.captured_at.map(|at| at.to_string()),
            updated_at: payment.updated_at.to_string(),
        }
    }
}

/// What Razorpay's checkout hands to the client, as it is.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyRequest {
    #[schemars(length(max = 100))]
    pub razorpay_order_id: String,
    pub razorpay_payment_id: String,
    pub razorpay_signature: String,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenRefund {
    /// All that is left of the payment where not given.
    pub amount: Option<Amount>,
    #[serde(default)]
    pub speed: Speed,
    #[schemars(extend("pattern" = NOTE))]
    pub note: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Speed {
    #[default]
    Normal,
    Optimum,
}

impl From<Speed> for domain::refund::RefundSpeed {
    fn from(speed: Speed) -> Self {
        match speed {
            Speed::Normal => Self::Normal,
            Speed::Optimum => Self::Optimum,
        }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct RefundBody {
    pub id: String,
    pub payment_id: String,
    pub status: &'static str,
    pub amount: i64,
    pub currency: Currency,
    pub speed: &'static str,
    pub note: Option<String>,
    pub reference: Option<String>,
    pub failure: Option<String>,
    pub created_at: String,
    pub updated_at: String,
}

impl From<&Refund> for RefundBody {
    fn from(refund: &Refund) -> Self {
        Self {
            id: refund.id.to_string(),
            payment_id: refund.payment.to_string(),
            status: refund.status.code(),
            amount: refund.amount,
            currency: Currency::Inr,
            speed: refund.speed.code(),
            note: refund.note.clone(),
            reference: refund.reference.clone(),
            failure: refund.failure.clone(),
            created_at: refund.created_at.to_string(),
            updated_at: refund.updated_at.to_string(),
        }
    }
}
