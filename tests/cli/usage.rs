//! Mistakes on the command line, and help.

use crate::{Desk, FINE, REFUSED, SURVEY};

#[test]
fn mistakes_on_the_command_line_are_answered_in_both_languages() {
    let desk = Desk::with_survey();
    desk.write("a.csv", "小区名称\n红星小区\n");
    for (words, english, chinese) in [
        (
            &["import", SURVEY, "a.csv"][..],
            "--datum wgs84, cgcs2000, gcj02",
            "程序从不猜测",
        ),
        (
            &["import", SURVEY, "a.csv", "--datum", "mars"],
            "“mars” does not fit --datum",
            "“mars”不适用于 --datum",
        ),
        (
            &[
                "import", SURVEY, "a.csv", "--datum", "wgs84", "--as", "houses",
            ],
            "estates, register",
            "estates, register",
        ),
        (
            &[
                "import", SURVEY, "a.csv", "--datum", "wgs84", "--map", "name",
            ],
            "FIELD=COLUMN",
            "FIELD=COLUMN",
        ),
        (&["release", SURVEY], "Missing: --out", "缺少：--out"),
        (
            &["check", SURVEY, "b.gpkg"],
            "“b.gpkg” is not understood",
            "无法理解“b.gpkg”",
        ),
        (
            &[SURVEY, "check", SURVEY],
            "is not understood here",
            "此处无法理解",
        ),
        (&["check", SURVEY, "--fast"], "“--fast”", "“--fast”"),
        (
            &["datum", "--from", "bd09", "--to", "wgs84", "115.9"],
            "number of values",
            "个数不对",
        ),
    ] {
        desk.refuses(words, english, chinese);
    }
}

#[test]
fn help_is_in_the_language_of_the_system_or_the_one_asked_for() {
    let desk = Desk::new();
    for (words, locale, expected) in [
        (
            &["import", "--help"][..],
            "C",
            "The datum of their positions",
        ),
        (&["import", "--help"], "zh_CN.UTF-8", "坐标系"),
        (&["--language", "zh-CN", "import", "-h"], "C", "坐标系"),
        (&["--language=en", "--help"], "zh_CN.UTF-8", "Commands:"),
        (&["--help"], "zh_CN.UTF-8", "命令:"),
    ] {
        let run = desk.run_with(words, "", locale);
        assert_eq!(run.code, FINE);
        assert!(run.stdout.contains(expected), "{words:?}\n{}", run.stdout);
    }
}

#[test]
fn a_language_it_does_not_speak_is_refused() {
    let run = Desk::new().run(&["--language", "fr", "check", SURVEY]);
    assert_eq!(run.code, REFUSED);
    assert!(run.stderr.contains("zh-CN, en"), "{}", run.stderr);
}

#[test]
fn it_says_its_version() {
    let run = Desk::new().fine(&["--version"]);
    assert_eq!(
        run.stdout.trim(),
        concat!("jiugai ", env!("CARGO_PKG_VERSION"))
    );
}
