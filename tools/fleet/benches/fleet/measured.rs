//! What a process took, as Linux reports it.

use {
    anyhow::{Context, Result},
    std::{
        fs,
        process::{Command, ExitStatus},
        thread::sleep,
        time::{Duration, Instant},
    },
};

/// What a process took until it ended.
pub struct Measured {
    pub status: ExitStatus,
    pub seconds: f64,
    /// Of the processor, in user and kernel mode.
    pub processor_seconds: f64,
    /// The most memory that it had at once, in KiB.
    pub peak_kib: u64,
}

/// How often a running process is looked at.
const LOOK: Duration = Duration::from_millis(20);
/// Parts of a second in which the kernel counts processor time.
const TICKS_PER_SECOND: f64 = 100.0;

/// Runs the command to its end.
pub fn measured(command: &mut Command) -> Result<Measured> {
    let start = Instant::now();
    let mut child = command.spawn().context("the command does not start")?;
    let (mut processor, mut peak) = (0.0, 0);
    loop {
        // Between its end and the wait below, a process has no memory to be read.
        if let Ok(kib) = peak_kib(child.id()) {
            peak = kib;
            processor = processor_seconds(child.id())?;
        }
        if let Some(status) = child.try_wait()? {
            return Ok(Measured {
                status,
                seconds: start.elapsed().as_secs_f64(),
                processor_seconds: processor,
                peak_kib: peak,
            });
        }
        sleep(LOOK);
    }
}

/// The most memory that a process had at once.
pub fn peak_kib(pid: u32) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.context("the process has no memory")?;
    Ok(peak.trim().trim_end_matches(" kB").parse()?)
}

/// Processor time that a process has had, in user and kernel mode.
pub fn processor_seconds(pid: u32) -> Result<f64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    // The name in parentheses may hold spaces; user and kernel time are the 12th and 13th word behind it.
    let (_, words) = stat.rsplit_once(')').context("an unknown form of stat")?;
    let ticks: Result<Vec<f64>, _> = words
        .split_whitespace()
        .skip(11)
        .take(2)
        .map(str::parse)
        .collect();
    Ok(ticks?.iter().sum::<f64>() / TICKS_PER_SECOND)
}
