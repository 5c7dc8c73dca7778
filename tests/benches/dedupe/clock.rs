//! Wall and CPU time of the whole process, and its memory.

use cpu_time::ProcessTime;
use std::time::Instant;

pub struct Clock {
    wall: Instant,
    cpu: ProcessTime,
}

/// In seconds.
pub struct Taken {
    pub wall: f64,
    pub cpu: f64,
}

impl Clock {
    pub fn start() -> Self {
        Self {
            wall: Instant::now(),
            cpu: ProcessTime::now(),
        }
    }

    pub fn stop(&self) -> Taken {
        Taken {
            wall: self.wall.elapsed().as_secs_f64(),
            cpu: self.cpu.elapsed().as_secs_f64(),
        }
    }
}

/// Begins to watch for the peak anew, where the system can (Linux).
pub fn forget_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// The most that the process has held since; "-" where the system does not say.
pub fn peak_megabytes() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| {
        let kilobytes = line.strip_prefix("VmHWM:")?.trim().strip_suffix("kB")?;
        kilobytes.trim().parse::<u64>().ok()
    });
    peak.map_or("-".to_owned(), |kilobytes| (kilobytes / 1024).to_string())
}
