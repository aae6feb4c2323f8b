//! Bodies of `/v1/notifications/…`: what a user wants to be told, on which devices, and what became of it.

mod deliveries;
mod devices;
mod preferences;
#[cfg(test)]
mod tests;

pub use deliveries::{ChannelBody, DeliveryBody, SeenRequest};
pub use devices::{DeviceBody, DevicesBody, SubscribeRequest, SubscriptionBody, SubscriptionKeys, UnsubscribeRequest, VapidKeyBody};
pub use preferences::{ChannelCode, EmailBody, EmailRequest, HoursBody, OffBody, PreferencesBody, PreferencesRequest};
