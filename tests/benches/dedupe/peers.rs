//! The overlap join of other programs, on the same file in the same run.

use crate::generated::{Workload, python};
use std::process::Command;

/// Prints the CPU and wall seconds of shapely and of DuckDB, and the pairs they find.
pub fn print(workload: &Workload) {
    println!(
        "\nPairs with IoU of 0.3 or more on {}:",
        workload.file.display()
    );
    let python = match python() {
        Ok(python) => python,
        Err(why) => return println!("  left out: {why}"),
    };
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/benches/dedupe/peers.py");
    let output = Command::new(python)
        .arg(script)
        .arg(&workload.file)
        .output();
    match output {
        Ok(output) if output.status.success() => {
            print!("{}", String::from_utf8_lossy(&output.stdout));
        }
        Ok(output) => println!("  left out: {}", String::from_utf8_lossy(&output.stderr)),
        Err(why) => println!("  left out: {why}"),
    }
}
