//! Many schedules at once.

use std::{
    ops::Range,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

/// Does the work of every number on all cores; each result is given to `take` as soon as it is there.
pub fn on_every_core<T: Send>(
    numbers: Range<u64>,
    work: impl Fn(u64) -> T + Sync,
    take: impl FnMut(u64, T) + Send,
) {
    let next = AtomicU64::new(numbers.start);
    let take = Mutex::new(take);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= numbers.end {
                        return;
                    }
                    let result = work(number);
                    let mut take = take.lock().expect("no thread panics");
                    take(number, result);
                }
            });
        }
    });
}
