//! Lets calls pass at a rate, and none while the node asked to be left alone.

use {
    crate::cluster::{Answer, ClusterError},
    governor::{
        Quota, RateLimiter,
        clock::Clock,
        middleware::NoOpMiddleware,
        state::{InMemoryState, NotKeyed},
    },
    std::{
        num::NonZeroU32,
        sync::{Mutex, MutexGuard, PoisonError},
        time::Duration,
    },
    tokio::time::{Instant, sleep},
};

/// A node that asks for more is asked again nevertheless, so that the attempts come to an end.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// See the [module](self).
pub struct Gate {
    turns: Option<RateLimiter<NotKeyed, InMemoryState, Ticks, NoOpMiddleware<Duration>>>,
    closed_until: Mutex<Option<Instant>>,
}

/// Tokio's clock, which tests can stop.
struct Ticks(Instant);

impl Clock for Ticks {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.0.elapsed()
    }
}

impl Gate {
    /// 0: no limit.
    pub fn new(calls_per_second: u32) -> Self {
        let turns = NonZeroU32::new(calls_per_second).map(|per_second| {
            // A tenth of a second's calls at once: timers are too coarse to space many calls evenly.
            let burst = NonZeroU32::new(per_second.get() / 10).unwrap_or(NonZeroU32::MIN);
            let quota = Quota::per_second(per_second).allow_burst(burst);
            RateLimiter::direct_with_clock(quota, Ticks(Instant::now()))
        });
        Self {
            turns,
            closed_until: Mutex::default(),
        }
    }

    /// Waits for the call's turn.
    pub async fn pass(&self) {
        loop {
            let closed_for = self.closed_for();
            if !closed_for.is_zero() {
                sleep(closed_for).await;
                continue;
            }
            let Some(turns) = &self.turns else { return };
            match turns.check() {
                Ok(()) => return,
                Err(early) => sleep(early.wait_time_from(turns.clock().now())).await,
            }
        }
    }

    /// How long nothing passes from now on.
    pub fn closed_for(&self) -> Duration {
        let closed_until = *self.closed_until();
        closed_until.map_or(Duration::ZERO, |until| {
            until.saturating_duration_since(Instant::now())
        })
    }

    /// Stays closed for as long as the node asks in its answer.
    pub fn heed<T>(&self, answer: &Answer<T>) {
        if let Err(ClusterError::Transient {
            retry_after: Some(pause),
            ..
        }) = answer
        {
            let until = Instant::now() + (*pause).min(LONGEST_PAUSE);
            let mut closed_until = self.closed_until();
            *closed_until = closed_until.max(Some(until));
        }
    }

    fn closed_until(&self) -> MutexGuard<'_, Option<Instant>> {
        self.closed_until
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
