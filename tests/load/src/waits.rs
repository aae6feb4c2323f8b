//! How long this process waited for a core that others had: what a slow answer on a busy machine
//! is to be judged by.

/// Nanoseconds of all its threads together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waits {
    ran: u64,
    waited: u64,
}

impl Waits {
    /// Up to now; nothing where the system does not tell.
    pub fn so_far() -> Self {
        let threads = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
        let told = threads.filter_map(|thread| std::fs::read_to_string(thread.path().join("schedstat")).ok());
        told.filter_map(|line| Self::read(&line))
            .fold(Self::default(), |sum, thread| Self { ran: sum.ran + thread.ran, waited: sum.waited + thread.waited })
    }

    /// Source: `Documentation/scheduler/sched-stats.rst` of Linux: time on a core, time waited for one, slices.
    fn read(schedstat: &str) -> Option<Self> {
        let mut fields = schedstat.split_whitespace().map(str::parse);
        Some(Self { ran: fields.next()?.ok()?, waited: fields.next()?.ok()? })
    }

    /// Of the time since then in which it wanted a core, the share in which it had none.
    pub fn share_since(self, before: Self) -> Option<f64> {
        let (ran, waited) = (self.ran.checked_sub(before.ran)?, self.waited.checked_sub(before.waited)?);
        (ran > 0).then(|| waited as f64 / (ran + waited) as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_waited_is_a_share_of_what_was_wanted() {
        let (before, after) = (Waits::read("100 50 4\n").unwrap(), Waits::read("400 150 9\n").unwrap());
        assert_eq!(after.share_since(before), Some(0.25));
        assert_eq!(after.share_since(after), None);
        assert_eq!(before.share_since(after), None, "a thread has ended in between");
        assert_eq!(Waits::read(""), None);
    }
}
