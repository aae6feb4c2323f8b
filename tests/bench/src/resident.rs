//! Memory of a process, as the system tells it.

/// Memory that is in RAM, in bytes, of a process by its number or of `self`; `None` where the
/// system does not tell.
pub fn bytes(process: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
