//! The samples, walked through.

use std::fs;

use crate::support::tui::Tui;

#[test]
fn every_sample_can_be_walked_through_from_its_first_class_to_its_last() {
    let samples = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/samples"))
        .expect("the samples are part of the project");
    let mut walked = 0;
    for sample in samples {
        let name = sample.expect("the folder can be read").file_name();
        let mut tui = Tui::open_sample(&name.to_string_lossy());
        for page in ["L", "m", "M", "s", "p"] {
            tui.press(page).press("<tab>gg");
            loop {
                let before = tui.state.tree.cursor();
                tui.press("<space>j");
                let screen = tui.screen();
                assert_eq!(screen.lines().count(), 24, "{screen}");
                if tui.state.tree.cursor() == before {
                    break;
                }
                walked += 1;
            }
        }
    }
    assert!(walked > 50, "{walked} rows were walked over");
}
