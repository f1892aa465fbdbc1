//! The command line itself: its help, and what it says to what it does not understand.

use expect_test::expect;

use crate::support::Sandbox;
use crate::support::shell::Shell;

fn run(arguments: &str) -> String {
    let sandbox = Sandbox::new("");
    Shell::new(&sandbox).run(arguments).to_string()
}

#[test]
fn the_help_begins_with_examples() {
    expect![[r#"
        Examples:
          mroscope                                       explore the project in this folder
          mroscope mro django.views.generic:ListView     print an MRO
          mroscope show ListView --page members          print where each name comes from
          mroscope show app/views.py:31 --page source    print the class around a line
          mroscope why ListView.get                      say what Python does to get at an attribute
          mroscope dump src > classes.jsonl              write every class for another program

        Explore the class hierarchies and MROs of a Python project, without running it

        Usage: mroscope [OPTIONS] [PATH] [COMMAND]

        Commands:
          show         Print a page about a class
          mro          Print the MRO of a class, a class a line
          why          Say what Python does to get at an attribute, step by step; or why one class stands
                       before another
          op           Say what Python does for an operator, a builtin function or a statement: which
                       methods are asked, in which order
          dump         Write one JSON line for every class of a project
          explain      Say why a class statement raises, which statements cannot all hold, and which small
                       edits mend it
          what-if      Say what a class, and all below it, would be with other bases
          plugins      List what is registered in a project: registries, entry points, what frameworks find;
                       of all kinds, or like a word
          find         List the classes that are as terms ask: `'overrides:save -calls:super under:Model'`
          problems     List files that could not be used whole, and class statements that raise
          check        Print a line for every class statement that raises, and for every file that could not
                       be used whole
          lock         Write down where names come from and which MROs classes have, for `check` to hold the
                       project to
          diff         Say what changed between two revisions, folders, environments or versions of Python
          coverage     Say how much of a project is known, what keeps the rest from being known, and what
                       helps
          verify       Start Python, import the modules of a project, and compare every class with
                       mroscope's answer
          snapshot     Start Python and let it describe the compiled modules that are installed: from then
                       on they are known
          live         Start Python, import the module of a class, and show what its attributes hold there
          learn        Play the lessons: on a sample, or on the classes of a project
          present      Show the merge of a class large, a slide at a time
          completions  Print a completion script for a shell
          help         Print this message or the help of the given subcommand(s)

        Arguments:
          [PATH]
                  Folder or file to explore [default: this folder]

        Options:
          -h, --help
                  Print help (see a summary with '-h')

          -V, --version
                  Print version

        Exploring:
              --keys <KEYS>
                  Press these keys first: `/cart<enter>jj`

              --size <WIDTHxHEIGHT>
                  Size of the frame in cells

                  [default: 80x24]

              --print
                  Print one frame instead of taking the terminal

        Everywhere:
              --python <PATH>
                  Interpreter or virtual environment whose packages are searched [default: found from PATH,
                  `VIRTUAL_ENV`, `.venv`]

              --python-version <X.Y>
                  Version of Python to answer for: `3.13`; for `check` also several: `3.9..3.14` [default:
                  that of the environment]

              --platform <NAME>
                  `sys.platform` to answer for: linux, darwin, win32

              --theme <NAME>
                  Theme: a built-in one, or a file in your themes folder

              --config <FILE|KEY=VALUE>
                  Configuration: a TOML file to read instead of those found, or `KEY=VALUE` to lay over
                  them; may be repeated

              --repr <LIMIT=NUMBER>
                  How much of a value is shown, by the limits of `reprlib.Repr`: `maxlist=12,maxstring=60`;
                  may be repeated

              --color <WHEN>
                  When to use colour

                  Possible values:
                  - auto:   On a terminal, unless `NO_COLOR` is set or TERM is dumb; always with
                    `FORCE_COLOR` or `CLICOLOR_FORCE`
                  - always: Always
                  - never:  Never

                  [default: auto]

        Exit codes: 0 done, 1 done and something was found (a class that raises, a problem), 2 could not be
        done.
        Your code is read, never imported or run, unless you ask for it: `mroscope verify`, `mroscope
        snapshot` and `mroscope live` start Python.
        exit 0
    "#]].assert_eq(&run("--help"));
}

#[test]
fn each_subcommand_has_its_help() {
    expect![[r#"
        Print a page about a class

        Usage: mroscope show [OPTIONS] [TARGET]

        Arguments:
          [TARGET]  `pkg.mod:Class`, `pkg.mod.Class`, `Class` where only one has that name, `path.py:LINE`,
                    or a module [default: the project]

        Options:
              --path <PATH>        The project [default: this folder; a module it does not have is looked
                                   for in the environment]
              --json               Print JSON in the form of `dump`
              --page <PAGE>        Which page [default: mro] [possible values: mro, members, lookup, matrix,
                                   across, beside, descriptors, creation, costs, operators, super, merge,
                                   source, plugins]
              --name <NAME>        The method that the super page is about, or the name of the across page;
                                   of a module, the value that is looked into: `LANGUAGES`,
                                   `site.kept['csv']`
              --seen-from <CLASS>  Read the page for objects of this class, which derives from the one it is
                                   about
              --filter <LETTERS>   Of members, matrix, across, beside, descriptors and plugins, only those
                                   that contain these letters in this order
              --with <CLASS>       The second class of the beside page
              --sort <BY>          Order of the members [default: name] [possible values: name, class, kind]
              --object             List what only `object` provides, too
              --own                Leave out what another class provides
              --below              The matrix of all that derives from the class, in place of its MRO
          -h, --help               Print help (see more with '--help')

        Everywhere:
              --python <PATH>            Interpreter or virtual environment whose packages are searched
                                         [default: found from PATH, `VIRTUAL_ENV`, `.venv`]
              --python-version <X.Y>     Version of Python to answer for: `3.13`; for `check` also several:
                                         `3.9..3.14` [default: that of the environment]
              --platform <NAME>          `sys.platform` to answer for: linux, darwin, win32
              --theme <NAME>             Theme: a built-in one, or a file in your themes folder
              --config <FILE|KEY=VALUE>  Configuration: a TOML file to read instead of those found, or
                                         `KEY=VALUE` to lay over them; may be repeated
              --repr <LIMIT=NUMBER>      How much of a value is shown, by the limits of `reprlib.Repr`:
                                         `maxlist=12,maxstring=60`; may be repeated
              --color <WHEN>             When to use colour [default: auto] [possible values: auto, always,
                                         never]
        exit 0
    "#]].assert_eq(&run("show -h"));
    expect![[r#"
        Print the MRO of a class, a class a line

        Usage: mroscope mro [OPTIONS] <TARGET>

        Arguments:
          <TARGET>  `pkg.mod:Class`, `pkg.mod.Class`, `Class` where only one has that name, or
                    `path.py:LINE`

        Options:
              --path <PATH>  The project [default: this folder; a module it does not have is looked for in
                             the environment]
              --json         Print JSON in the form of `dump`
              --steps        Print how C3 gets there, step by step
          -h, --help         Print help (see more with '--help')

        Everywhere:
              --python <PATH>            Interpreter or virtual environment whose packages are searched
                                         [default: found from PATH, `VIRTUAL_ENV`, `.venv`]
              --python-version <X.Y>     Version of Python to answer for: `3.13`; for `check` also several:
                                         `3.9..3.14` [default: that of the environment]
              --platform <NAME>          `sys.platform` to answer for: linux, darwin, win32
              --theme <NAME>             Theme: a built-in one, or a file in your themes folder
              --config <FILE|KEY=VALUE>  Configuration: a TOML file to read instead of those found, or
                                         `KEY=VALUE` to lay over them; may be repeated
              --repr <LIMIT=NUMBER>      How much of a value is shown, by the limits of `reprlib.Repr`:
                                         `maxlist=12,maxstring=60`; may be repeated
              --color <WHEN>             When to use colour [default: auto] [possible values: auto, always,
                                         never]
        exit 0
    "#]].assert_eq(&run("mro -h"));
    expect![[r#"
        Write one JSON line for every class of a project

        Usage: mroscope dump [OPTIONS] [PATH]

        Arguments:
          [PATH]  The project [default: .]

        Options:
              --values           Write the values of each class's own attributes, too, as `reprlib` shows
                                 them
              --lookups <NAMES>  Write what Python does on each access to these attributes, too
              --creation         Write what each class statement runs instead, and what calling what it
                                 makes does
              --supers           Write where each `super().name` leads for each class, and which definitions
                                 of a method run
          -h, --help             Print help (see more with '--help')

        Everywhere:
              --python <PATH>            Interpreter or virtual environment whose packages are searched
                                         [default: found from PATH, `VIRTUAL_ENV`, `.venv`]
              --python-version <X.Y>     Version of Python to answer for: `3.13`; for `check` also several:
                                         `3.9..3.14` [default: that of the environment]
              --platform <NAME>          `sys.platform` to answer for: linux, darwin, win32
              --theme <NAME>             Theme: a built-in one, or a file in your themes folder
              --config <FILE|KEY=VALUE>  Configuration: a TOML file to read instead of those found, or
                                         `KEY=VALUE` to lay over them; may be repeated
              --repr <LIMIT=NUMBER>      How much of a value is shown, by the limits of `reprlib.Repr`:
                                         `maxlist=12,maxstring=60`; may be repeated
              --color <WHEN>             When to use colour [default: auto] [possible values: auto, always,
                                         never]
        exit 0
    "#]].assert_eq(&run("dump -h"));
    expect![[r#"
        List files that could not be used whole, and class statements that raise

        Usage: mroscope problems [OPTIONS] [PATH]

        Arguments:
          [PATH]  The project [default: .]

        Options:
          -h, --help  Print help (see more with '--help')

        Everywhere:
              --python <PATH>            Interpreter or virtual environment whose packages are searched
                                         [default: found from PATH, `VIRTUAL_ENV`, `.venv`]
              --python-version <X.Y>     Version of Python to answer for: `3.13`; for `check` also several:
                                         `3.9..3.14` [default: that of the environment]
              --platform <NAME>          `sys.platform` to answer for: linux, darwin, win32
              --theme <NAME>             Theme: a built-in one, or a file in your themes folder
              --config <FILE|KEY=VALUE>  Configuration: a TOML file to read instead of those found, or
                                         `KEY=VALUE` to lay over them; may be repeated
              --repr <LIMIT=NUMBER>      How much of a value is shown, by the limits of `reprlib.Repr`:
                                         `maxlist=12,maxstring=60`; may be repeated
              --color <WHEN>             When to use colour [default: auto] [possible values: auto, always,
                                         never]
        exit 0
    "#]].assert_eq(&run("problems -h"));
    expect![[r#"
        Say how much of a project is known, what keeps the rest from being known, and what helps

        Usage: mroscope coverage [OPTIONS] [PATH]

        Arguments:
          [PATH]  The project [default: .]

        Options:
              --json  Print one JSON object
          -h, --help  Print help (see more with '--help')

        Everywhere:
              --python <PATH>            Interpreter or virtual environment whose packages are searched
                                         [default: found from PATH, `VIRTUAL_ENV`, `.venv`]
              --python-version <X.Y>     Version of Python to answer for: `3.13`; for `check` also several:
                                         `3.9..3.14` [default: that of the environment]
              --platform <NAME>          `sys.platform` to answer for: linux, darwin, win32
              --theme <NAME>             Theme: a built-in one, or a file in your themes folder
              --config <FILE|KEY=VALUE>  Configuration: a TOML file to read instead of those found, or
                                         `KEY=VALUE` to lay over them; may be repeated
              --repr <LIMIT=NUMBER>      How much of a value is shown, by the limits of `reprlib.Repr`:
                                         `maxlist=12,maxstring=60`; may be repeated
              --color <WHEN>             When to use colour [default: auto] [possible values: auto, always,
                                         never]
        exit 0
    "#]].assert_eq(&run("coverage -h"));
}

#[test]
fn a_missing_target_is_a_usage_error() {
    expect![[r#"
        ! error: the following required arguments were not provided:
        !   <TARGET>
        !
        ! Usage: mroscope mro <TARGET>
        !
        ! For more information, try '--help'.
        exit 2
    "#]]
    .assert_eq(&run("mro"));
}

#[test]
fn a_mistyped_subcommand_gets_a_hint() {
    expect![[r#"
        ! error: unexpected argument 'Cart' found
        !
        ! Usage: mroscope [OPTIONS] [PATH] [COMMAND]
        !
        ! For more information, try '--help'.
        !   hint: did you mean `mroscope show`?
        exit 2
    "#]]
    .assert_eq(&run("shwo Cart"));
}

#[test]
fn an_impossible_size_is_refused() {
    expect![[r#"
        ! error: invalid value '80' for '--size <WIDTHxHEIGHT>': give width and height in cells: 80x24
        !
        ! For more information, try '--help'.
        exit 2
    "#]].assert_eq(&run("--print --size 80"));
}

#[test]
fn keys_that_cannot_be_pressed_are_refused() {
    expect![[r#"
        ! error: --keys: `<entre>` is not a key
        exit 2
    "#]]
    .assert_eq(&run("--print --keys <entre>"));
}

#[test]
fn a_version_that_is_none_is_refused() {
    expect![[r#"
        ! error: `new` is not a version of Python: write it as `3.13`
        exit 2
    "#]]
    .assert_eq(&run("problems --python-version new"));
}

#[test]
fn completions_are_made_for_each_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let sandbox = Sandbox::new("");
        let ran = Shell::new(&sandbox).run(&format!("completions {shell}"));
        assert_eq!(ran.code, 0, "{shell}");
        assert!(ran.out.contains("mroscope"), "{shell}");
        assert_eq!(ran.err, "", "{shell}");
    }
}
