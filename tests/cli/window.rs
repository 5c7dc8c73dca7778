//! `jiugai [FILE]` where no window can be opened.

use crate::{Desk, SURVEY};

#[test]
fn without_a_display_the_window_is_refused_with_what_to_do() {
    let desk = Desk::with_survey();
    // A build without the window says that instead; both name the commands.
    let (english, chinese) = match cfg!(feature = "gui") {
        true if cfg!(not(target_os = "linux")) => return,
        true => ("There is no display", "没有可打开窗口的显示器"),
        false => ("This build has no window", "此版本没有窗口"),
    };
    desk.refuses(&[SURVEY], english, chinese);
    desk.refuses(&[], english, chinese);
    desk.refuses(&[SURVEY], "jiugai --help", "jiugai --help");
}
