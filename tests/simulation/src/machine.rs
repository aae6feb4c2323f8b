//! The machine that a simulated world runs on: its clock and its randomness.
//!
//! A world lives on one thread. On that thread, and on no other, the C library's `clock_gettime`
//! tells the world's virtual time and its `getrandom` draws from the world's seed. So everything
//! that asks for the time or for chance, in our code, in the SDK, in the standard library's hash
//! maps, gets the same answers whenever the seed is the same, and no code of ours has to be
//! written for it.
#![allow(unsafe_code)]

use std::cell::{Cell, RefCell};
use tokio::time::Instant;

thread_local! {
    static RANDOM: RefCell<Option<fastrand::Rng>> = const { RefCell::new(None) };
    static BEGAN: Cell<Option<Instant>> = const { Cell::new(None) };
    /// Whether the time is being asked for: the allocator wants it too, even in the midst of that.
    static ASKING: Cell<bool> = const { Cell::new(false) };
    /// In seconds since 1970.
    static BEGINNING_S: Cell<i64> = const { Cell::new(0) };
}

/// Gives this thread to a world that begins at a second since 1970, before anything in it has asked
/// for the time or for chance; until what is returned is dropped.
#[must_use]
pub fn give(seed: u64, beginning_s: i64) -> Given {
    BEGINNING_S.set(beginning_s);
    RANDOM.with(|random| *random.borrow_mut() = Some(fastrand::Rng::with_seed(seed)));
    // The SDK's own generator, which mixes in the thread's number.
    fastrand::seed(seed ^ 0x5eed);
    Given(())
}

/// A thread that has been given to a world.
pub struct Given(());

impl Drop for Given {
    /// The thread has the true time again: its allocator asks for it even after tokio is gone.
    fn drop(&mut self) {
        BEGAN.set(None);
        RANDOM.with(|random| *random.borrow_mut() = None);
    }
}

/// From now on time is that of the tokio runtime that runs on this thread, with its clock paused.
pub fn begin() {
    BEGAN.with(|began| began.set(Some(Instant::now())));
}

/// The world's time so far, in nanoseconds, on a thread that has been given to one.
fn elapsed_ns() -> Option<i128> {
    if ASKING.replace(true) {
        return None;
    }
    let given = RANDOM.with(|random| random.try_borrow().is_ok_and(|random| random.is_some()));
    let began = BEGAN.with(Cell::get);
    let elapsed = given.then(|| began.map_or(0, |began| began.elapsed().as_nanos()));
    ASKING.set(false);
    i128::try_from(elapsed?).ok()
}

/// # Safety
///
/// As the C library's: `time` is null or may be written to.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn clock_gettime(clock: libc::clockid_t, time: *mut libc::timespec) -> libc::c_int {
    let Some(elapsed) = elapsed_ns() else {
        // SAFETY: the same call, past the C library.
        return unsafe { libc::syscall(libc::SYS_clock_gettime, clock, time) } as libc::c_int;
    };
    let now =
        if clock == libc::CLOCK_REALTIME { i128::from(BEGINNING_S.get()) * 1_000_000_000 + elapsed } else { 1_000_000_000_000 + elapsed };
    if !time.is_null() {
        let told = libc::timespec { tv_sec: (now / 1_000_000_000) as libc::time_t, tv_nsec: (now % 1_000_000_000) as libc::c_long };
        // SAFETY: not null, and by this function's contract writable.
        unsafe { time.write(told) };
    }
    0
}

/// # Safety
///
/// As the C library's: `length` bytes from `buffer` on may be written to.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn getrandom(buffer: *mut libc::c_void, length: libc::size_t, flags: libc::c_uint) -> libc::ssize_t {
    let drawn = RANDOM.with(|random| {
        let mut random = random.try_borrow_mut().ok()?;
        let random = random.as_mut()?;
        // SAFETY: by this function's contract.
        random.fill(unsafe { std::slice::from_raw_parts_mut(buffer.cast::<u8>(), length) });
        Some(length as libc::ssize_t)
    });
    match drawn {
        Some(length) => length,
        // SAFETY: the same call, past the C library.
        None => unsafe { libc::syscall(libc::SYS_getrandom, buffer, length, flags) as libc::ssize_t },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        collections::hash_map::RandomState,
        hash::BuildHasher,
        time::{Duration, SystemTime},
    };

    /// As every id of ours is drawn.
    fn fill(bytes: &mut [u8]) {
        ::getrandom::fill(bytes).unwrap();
    }

    fn on_a_machine(seed: u64) -> (u64, [u8; 8], Duration) {
        std::thread::spawn(move || {
            let _given = give(seed, 1_806_514_200);
            let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
            runtime.block_on(async {
                begin();
                tokio::time::sleep(Duration::from_secs(3600)).await;
                let mut drawn = [0; 8];
                fill(&mut drawn);
                (RandomState::new().hash_one(1), drawn, SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap())
            })
        })
        .join()
        .unwrap()
    }

    #[test]
    fn the_same_seed_draws_the_same_and_an_hour_takes_no_time() {
        let (hash, drawn, time) = on_a_machine(7);
        assert_eq!((hash, drawn, time), on_a_machine(7));
        assert_eq!(time.as_nanos() as i128, (1_806_514_200 + 3600) * 1_000_000_000);
        let (other_hash, other_drawn, _) = on_a_machine(8);
        assert_ne!((hash, drawn), (other_hash, other_drawn));
    }

    #[test]
    fn other_threads_have_the_true_time_and_true_chance() {
        let before = std::time::Instant::now();
        std::thread::sleep(Duration::from_millis(2));
        assert!(before.elapsed() >= Duration::from_millis(2));
        let mut drawn = [[0; 16]; 2];
        drawn.iter_mut().for_each(|drawn| fill(drawn));
        assert_ne!(drawn[0], drawn[1]);
    }
}
