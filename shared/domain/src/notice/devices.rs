//! The devices that a user gets pushes on.
//!
//! A user's devices are one record, so that their number is bounded by one version and a climb
//! knows in one read whether pushes reach anybody. A device is one user's at a time: who logs in on
//! it takes it from whoever used it before, or it would go on showing their notices (I6).

use crate::codes::codes;
use crate::{
    engine::{Command, Key, Plan, Record, Snapshot},
    id::{DeviceId, Fingerprint, UserId},
    rules::NoticeRules,
};
use jiff::{SignedDuration, Timestamp};
use std::{convert::Infallible, fmt};

codes! {
    /// What an address is of. Source: `push.md` A2 and B1.
    PushKind {
        /// A registration token of FCM.
        FcmToken = "fcm_token";
        /// An installation id of Firebase, which FCM takes in a token's place.
        FcmFid = "fcm_fid";
        /// A subscription of a browser.
        Web = "web";
    }
}

/// Where a device is reached. Does not print: who knows it may be able to send there.
#[derive(Clone, PartialEq, Eq)]
pub struct PushAddress {
    pub kind: PushKind,
    /// A token, an installation id, or the endpoint of a web push service.
    value: String,
    /// What a web push is sealed with, as its client wrote it.
    keys: Option<String>,
}

/// The longest address, and the longest keys, in bytes. Endpoints of today have up to 1,000.
const ADDRESS_BYTES_MAX: usize = 2_048;
/// The longest name of a device.
const NAME_CHARS_MAX: usize = 60;

/// What is wrong with a push address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must have 1 to {ADDRESS_BYTES_MAX} visible characters, and keys where it is a web push subscription")]
pub struct BadPushAddress;

impl PushAddress {
    pub fn new(kind: PushKind, value: &str, keys: Option<&str>) -> Result<Self, BadPushAddress> {
        let fits = |text: &str| (1..=ADDRESS_BYTES_MAX).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        if fits(value) && keys.is_none_or(fits) && keys.is_some() == (kind == PushKind::Web) {
            Ok(Self { kind, value: value.to_owned(), keys: keys.map(str::to_owned) })
        } else {
            Err(BadPushAddress)
        }
    }

    pub fn value(&self) -> &str {
        &self.value
    }

    pub fn keys(&self) -> Option<&str> {
        self.keys.as_deref()
    }

    /// The same for the same device, whoever uses it: keys may change, the address tells it apart.
    pub fn device(&self) -> DeviceId {
        DeviceId::new(Timestamp::UNIX_EPOCH, Fingerprint::of(&format!("device:{}", self.kind.code()), &self.value))
    }
}

impl fmt::Debug for PushAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind.code(), self.device())
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    pub id: DeviceId,
    pub address: PushAddress,
    /// As its owner knows it: `Redmi Note 12`.
    pub name: Option<String>,
    pub created_at: Timestamp,
    /// When the app last said that it is there, to the day.
    pub seen_at: Timestamp,
}

/// A user's devices, at most [`NoticeRules::devices_max`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Devices {
    pub user: UserId,
    pub devices: Vec<Device>,
}

/// Adds a device to a user's, or says that it is still there. Where there are too many, the one
/// that was not seen for the longest gives way.
#[derive(Debug, Clone)]
pub struct AddDevice {
    pub user: UserId,
    pub address: PushAddress,
    pub name: Option<String>,
    /// Whose it was, where that is known: see [`DeviceOfAnother`].
    pub taken_from: Option<UserId>,
    pub rules: NoticeRules,
}

/// Another user has this device: ask again with their name, so that it is taken from them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the device is another user's")]
pub struct DeviceOfAnother(pub UserId);

/// An app that says it is there at every start is written down once a day.
const SEEN_EVERY: SignedDuration = SignedDuration::from_hours(24);

impl Command for AddDevice {
    type Done = Device;
    type Refusal = DeviceOfAnother;

    fn reads(&self) -> Vec<Key> {
        let mut keys = vec![Key::Devices(self.user), Key::DeviceOwner(self.address.device())];
        keys.extend(self.taken_from.map(Key::Devices));
        keys
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Device), DeviceOfAnother> {
        let id = self.address.device();
        let mut plan = Plan::default();
        match state.device_owner(id) {
            Some(owner) if owner == self.user => {}
            Some(owner) if Some(owner) != self.taken_from => return Err(DeviceOfAnother(owner)),
            owner => {
                plan.put(Record::DeviceOwner(id, self.user));
                if let Some(theirs) = owner.and_then(|owner| without(state, owner, id)) {
                    plan.put(Record::Devices(theirs));
                }
            }
        }
        let mut mine = state.devices(self.user).cloned().unwrap_or(Devices { user: self.user, devices: Vec::new() });
        let name = self.name.as_deref().map(|name| name.chars().take(NAME_CHARS_MAX).collect());
        let known = mine.devices.iter().find(|device| device.id == id).cloned();
        let mut device = known.clone().unwrap_or(Device { id, address: self.address.clone(), name: None, created_at: now, seen_at: now });
        device.address = self.address.clone();
        device.name = name.or(device.name);
        if now.duration_since(device.seen_at) >= SEEN_EVERY {
            device.seen_at = now;
        }
        if known.as_ref() != Some(&device) {
            mine.devices.retain(|other| other.id != id);
            while mine.devices.len() >= self.rules.devices_max.max(1) {
                let oldest = mine.devices.iter().enumerate().min_by_key(|(_, device)| (device.seen_at, device.created_at));
                let Some((oldest, _)) = oldest else { break };
                mine.devices.remove(oldest);
            }
            mine.devices.push(device.clone());
            plan.put(Record::Devices(mine));
        }
        Ok((plan, device))
    }
}

/// A user's devices without this one; `None` where it is not among them.
fn without(state: &Snapshot, user: UserId, device: DeviceId) -> Option<Devices> {
    let mut devices = state.devices(user).filter(|devices| devices.devices.iter().any(|one| one.id == device))?.clone();
    devices.devices.retain(|one| one.id != device);
    Some(devices)
}

/// Removes a device: its user has logged out, or its push service does not know it any more.
/// Source: `push.md` A3 (`UNREGISTERED`, `SENDER_ID_MISMATCH`) and B5 (404, 410).
#[derive(Debug, Clone)]
pub struct RemoveDevice {
    pub user: UserId,
    pub device: DeviceId,
}

impl Command for RemoveDevice {
    /// Whether it was there.
    type Done = bool;
    type Refusal = Infallible;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Devices(self.user)]
    }

    fn decide(&self, state: &Snapshot, _now: Timestamp) -> Result<(Plan, bool), Infallible> {
        let mut plan = Plan::default();
        let left = without(state, self.user, self.device);
        let was_there = left.is_some();
        if let Some(left) = left {
            plan.put(Record::Devices(left));
        }
        Ok((plan, was_there))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{World, user};

    fn token(text: &str) -> PushAddress {
        PushAddress::new(PushKind::FcmToken, text, None).unwrap()
    }

    fn add(name: &str, token_text: &str) -> AddDevice {
        AddDevice { user: user(name), address: token(token_text), name: None, taken_from: None, rules: NoticeRules::default() }
    }

    fn ids(world: &World, name: &str) -> Vec<DeviceId> {
        match world.record(&Key::Devices(user(name))) {
            Some(Record::Devices(devices)) => devices.devices.iter().map(|device| device.id).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn an_address_has_keys_exactly_where_a_browser_gave_it_and_does_not_print() {
        assert!(PushAddress::new(PushKind::Web, "https://push.example/1", Some("{}")).is_ok());
        for (kind, value, keys) in [
            (PushKind::Web, "https://push.example/1", None),
            (PushKind::FcmToken, "t", Some("{}")),
            (PushKind::FcmToken, "", None),
            (PushKind::FcmFid, "a b", None),
            (PushKind::FcmFid, &"a".repeat(2_049), None),
        ] {
            assert_eq!(PushAddress::new(kind, value, keys), Err(BadPushAddress), "{value}");
        }
        assert!(!format!("{:?}", token("secret-token")).contains("secret"));
    }

    #[test]
    fn the_same_device_is_one_and_an_app_that_starts_often_writes_once_a_day() {
        let mut world = World::new();
        let first = world.run(&add("asha", "t1")).unwrap();
        world.wait(3_600);
        assert_eq!(world.run(&add("asha", "t1")).unwrap(), first);
        world.wait(24 * 3_600);
        let later = world.run(&AddDevice { name: Some("Redmi".to_owned()), ..add("asha", "t1") }).unwrap();
        assert_eq!((later.created_at, later.seen_at, later.name.as_deref()), (first.created_at, world.now, Some("Redmi")));
        assert_eq!(ids(&world, "asha"), [first.id]);
    }

    #[test]
    fn the_device_that_was_not_seen_for_the_longest_gives_way() {
        let mut world = World::new();
        let max = NoticeRules::default().devices_max;
        for n in 0..=max {
            world.run(&add("asha", &format!("t{n}"))).unwrap();
            world.wait(60);
        }
        let left = ids(&world, "asha");
        assert_eq!(left.len(), max);
        assert!(!left.contains(&token("t0").device()) && left.contains(&token("t1").device()));
    }

    #[test]
    fn who_logs_in_on_a_device_takes_it_from_whoever_used_it_before() {
        let mut world = World::new();
        world.run(&add("asha", "shared")).unwrap();
        assert_eq!(world.run(&add("ravi", "shared")), Err(DeviceOfAnother(user("asha"))));
        world.run(&AddDevice { taken_from: Some(user("asha")), ..add("ravi", "shared") }).unwrap();
        assert_eq!((ids(&world, "asha").len(), ids(&world, "ravi").len()), (0, 1));
        assert_eq!(world.run(&add("asha", "shared")), Err(DeviceOfAnother(user("ravi"))));
    }

    #[test]
    fn a_removed_device_is_gone_and_may_come_again() {
        let mut world = World::new();
        let device = world.run(&add("asha", "t")).unwrap().id;
        let remove = RemoveDevice { user: user("asha"), device };
        assert_eq!((world.run(&remove), world.run(&remove)), (Ok(true), Ok(false)));
        world.run(&add("asha", "t")).unwrap();
        assert_eq!(ids(&world, "asha"), [device]);
    }
}
