//! The executable: everything is in the library.

fn main() -> std::process::ExitCode {
    jiugai::cli::run(std::env::args_os())
}
