//! The README's picture is a frame of the program, made here, so that it cannot go stale.

use std::path::Path;

use expect_test::expect_file;

use crate::support::Sandbox;
use crate::support::shell::Shell;
use crate::support::svg::svg;

#[test]
fn the_picture_in_the_readme_is_what_the_program_shows() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/mixins");
    let sample = sample.to_str().expect("the clone has a path of letters");
    let ran = Shell::new(&Sandbox::new("")).run_with(&[
        "--python-version",
        "3.13",
        "--theme",
        "dark",
        "--color",
        "always",
        "--keys",
        "/invoice<enter>jjjjjjjj",
        "--size",
        "100x30",
        "--print",
        sample,
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    expect_file!["../screen.svg"].assert_eq(&svg(&ran.out, 100, 30));
}
