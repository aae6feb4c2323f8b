//! Whether this machine can hold so many sockets, said before the first is opened.

use anyhow::{Context, ensure};
use std::ops::RangeInclusive;

/// Files that a process needs besides its sockets: pipes, its listeners, calls to `@connections`.
const FILES_BESIDES: usize = 700;
/// Ports that are left for others: the pipes of calls, and what ended a minute ago.
const PORTS_BESIDES: usize = 2_000;

/// What a process of this machine may have; `None` where the system does not tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounds {
    pub open_files: Option<usize>,
    pub ports: Option<RangeInclusive<usize>>,
}

impl Bounds {
    pub fn of_this_process() -> Self {
        let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
        Self { open_files: open_files(&read("/proc/self/limits")), ports: ports(&read("/proc/sys/net/ipv4/ip_local_port_range")) }
    }

    /// Each end of the sockets is a process of its own, so that both need this many.
    pub fn hold(&self, sockets: usize) -> anyhow::Result<()> {
        if let Some(files) = self.open_files {
            let needed = sockets + FILES_BESIDES;
            ensure!(
                needed <= files,
                "{sockets} sockets need {needed} open files in each of two processes, and this shell allows {files}. Raise it (`ulimit -n \
                 {needed}`, or /etc/security/limits.conf), or ask for fewer: --sockets {}",
                files.saturating_sub(FILES_BESIDES)
            );
        }
        if let Some(ports) = &self.ports {
            let free = ports.end().saturating_sub(*ports.start()).saturating_sub(PORTS_BESIDES);
            ensure!(sockets <= free, "{sockets} sockets need as many ports, and this machine gives out {free}: --sockets {free}");
        }
        Ok(())
    }
}

/// The soft limit, from `/proc/self/limits`.
fn open_files(limits: &str) -> Option<usize> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    match line.split_whitespace().next()? {
        "unlimited" => None,
        number => number.parse().ok(),
    }
}

fn ports(range: &str) -> Option<RangeInclusive<usize>> {
    let (first, last) = range.trim().split_once(char::is_whitespace).context("no range").ok()?;
    Some(first.trim().parse().ok()?..=last.trim().parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_soft_limit_is_what_counts() {
        let limits = "Limit                     Soft Limit           Hard Limit           Units\n\
                      Max processes             95432                95432                processes\n\
                      Max open files            1024                 20000                files\n";
        assert_eq!(open_files(limits), Some(1024));
        assert_eq!(open_files("Max open files            unlimited            unlimited            files"), None);
        assert_eq!(open_files(""), None);
        assert_eq!(ports("32768\t60999\n"), Some(32_768..=60_999));
        assert_eq!(ports("no"), None);
    }

    #[test]
    fn what_does_not_fit_is_refused_with_the_number_that_does() {
        let bounds = |open_files| Bounds { open_files: Some(open_files), ports: Some(32_768..=60_999) };
        assert!(bounds(10_700).hold(10_000).is_ok());
        let why = bounds(10_699).hold(10_000).unwrap_err().to_string();
        assert!(why.contains("ulimit -n 10700") && why.ends_with("--sockets 9999"), "{why}");
        assert!(bounds(100_000).hold(26_231).is_ok());
        assert!(bounds(100_000).hold(26_232).unwrap_err().to_string().ends_with("--sockets 26231"));
        assert!(Bounds { open_files: None, ports: None }.hold(1_000_000).is_ok());
    }
}
