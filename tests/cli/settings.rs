//! Configuration, theme and keys of a person's own: what is wrong in them is said before anything is done.

use expect_test::expect;

use super::ran as run;

const CART: &str = "--- shop/cart.py\nclass Cart: ...\n";

#[test]
fn a_setting_that_is_none_is_an_error_with_its_place_and_a_near_match() {
    let project = format!("{CART}--- pyproject.toml\n[tool.mroscope]\nphyton = \"x\"\n");
    expect![[r#"
        ! error: [root]/pyproject.toml:2:1: `phyton` is not a setting
        !   hint: did you mean `python`?
        exit 2
    "#]]
    .assert_eq(&run(&project, "problems"));
    let project = format!("{CART}--- mroscope.toml\n\ntheme = 3\n");
    expect![[r#"
        ! error: [root]/mroscope.toml:2:9: `theme` has to be a string
        exit 2
    "#]]
    .assert_eq(&run(&project, "problems"));
    let person = format!("{CART}--- home/.config/mroscope/config.toml\ntheem = \"x\"\n");
    expect![[r#"
        ! error: [root]/home/.config/mroscope/config.toml:1:1: `theem` is not a setting
        !   hint: did you mean `theme`?
        exit 2
    "#]]
    .assert_eq(&run(&person, "problems"));
}

#[test]
fn a_pair_on_the_command_line_is_checked_like_a_file() {
    expect![[r#"
        ! error: --config:1:1: `theem` is not a setting
        !   hint: did you mean `theme`?
        exit 2
    "#]]
    .assert_eq(&run(CART, "problems --config theem=dark"));
}

#[test]
fn a_file_that_is_asked_for_has_to_be_there() {
    expect![[r#"
        ! error: `none.toml` cannot be read
        !   because: No such file or directory (os error 2)
        exit 2
    "#]]
    .assert_eq(&run(CART, "problems --config none.toml"));
}

#[test]
fn a_theme_that_is_not_there_is_an_error_with_a_near_match() {
    expect![[r#"
        ! error: there is no theme `drak`
        !   hint: did you mean `dark`?
        exit 2
    "#]]
    .assert_eq(&run(CART, "problems --theme drak"));
}

#[test]
fn a_mistake_in_a_theme_is_said_with_its_place() {
    let person = format!(
        "{CART}--- home/.config/mroscope/themes/mine.toml\ninherits = \"dark\"\n[roles]\nclass = \"blu\"\n"
    );
    expect![[r#"
        ! error: [root]/home/.config/mroscope/themes/mine.toml:3:9: `blu` is neither a colour nor a way to write
        !   hint: did you mean `blue`?
        exit 2
    "#]].assert_eq(&run(&person, "problems --theme mine"));
}

#[test]
fn a_mistake_in_the_keys_is_said_before_the_screen_is_taken() {
    let person = format!("{CART}--- home/.config/mroscope/keymap.toml\n[page]\nx = \"serach\"\n");
    expect![[r#"
        ! error: [root]/home/.config/mroscope/keymap.toml:2:5: `serach` is not an action
        !   hint: did you mean `search`?
        exit 2
    "#]]
    .assert_eq(&run(&person, "--print"));
}
