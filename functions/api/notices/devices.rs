//! The devices that the caller gets pushes on.

use crate::{
    body::notices::{DeviceBody, DevicesBody, SubscribeRequest, UnsubscribeRequest, VapidKeyBody},
    deps::Deps,
    refusals::{problem, store_problem},
    router::Signed,
};
use domain::{
    id::DeviceId,
    notice::devices::{AddDevice, DeviceOfAnother, RemoveDevice},
};
use lambda::{Problem, Reply, Request};
use store::ExecuteError;

/// How often a device may change hands while it is being taken.
const HANDS_MAX: u32 = 3;

/// What a page subscribes with: its `applicationServerKey`.
pub async fn vapid_key(deps: &Deps) -> Result<Reply, Problem> {
    let secret = deps.push_secret().await.map_err(Problem::unavailable)?;
    Ok(Reply::ok(&VapidKeyBody { vapid_public_key: secret.vapid.public_key }))
}

pub async fn list(deps: &Deps, caller: &Signed) -> Result<Reply, Problem> {
    let devices = deps.store.devices(caller.user).await.map_err(store_problem)?;
    Ok(Reply::ok(&DevicesBody { items: devices.iter().map(DeviceBody::from).collect() }))
}

/// A device that was somebody else's is the caller's from now on: they hold it.
pub async fn subscribe(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let body: SubscribeRequest = request.json()?;
    let (address, name) = body.parse(&deps.push_services().map_err(Problem::internal)?)?;
    let mut add = AddDevice { user: caller.user, address, name, taken_from: None, rules: deps.notice_rules.clone() };
    for _ in 0..HANDS_MAX {
        match deps.execute(&add, &request.trace()).await {
            Ok(device) => return Ok(Reply::ok(&DeviceBody::from(&device))),
            Err(ExecuteError::Refused(DeviceOfAnother(owner))) => add.taken_from = Some(owner),
            Err(ExecuteError::Store(error)) => return Err(store_problem(error)),
        }
    }
    Err(Problem::unavailable("the device goes from hand to hand"))
}

/// One that is not there any more is as good as removed.
pub async fn unsubscribe(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let body: UnsubscribeRequest = request.json()?;
    let device: DeviceId = body.device_id.parse().map_err(|_| Problem::invalid_field("/device_id", "must be the id of a device"))?;
    deps.execute(&RemoveDevice { user: caller.user, device }, &request.trace()).await.map_err(problem)?;
    Ok(Reply::no_content())
}
