//! How long a cold load takes, and how long reading again after an edit, beside the bare parallel parse of the same files.
//!
//! `cargo bench --bench load` measures the standard library of a CPython that it finds, or what `MROSCOPE_BENCH_PATH` names;
//! `MROSCOPE_BENCH_PYTHON` names the environment. Both are measured in processes of their own, in turns, so that neither finds
//! decoded tables or a warm allocator; the files themselves are in the system's cache for both.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark is started from the shell, looks for what it measures, and answers there"
)]

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use mroscope::load::{Request, load, load_trying};
use mroscope::source::{EnvironmentWish, read};
use rayon::prelude::*;

/// How often each is measured; the median is reported.
const TURNS: usize = 7;

/// The argument that makes this program one measurement instead of all.
const ONCE: &str = "--once";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().collect();
    let once = arguments.iter().position(|argument| argument == ONCE);
    match once.and_then(|at| arguments.get(at + 1..at + 3)) {
        Some([what, list]) => measure_once(what, list),
        _ => measure_all(),
    }
}

fn request() -> Option<Request> {
    let path = env::var_os("MROSCOPE_BENCH_PATH")
        .map_or_else(standard_library, |path| Some(path.into()))?;
    Some(Request {
        path,
        environment: EnvironmentWish {
            python: env::var_os("MROSCOPE_BENCH_PYTHON").map(PathBuf::from),
            ..EnvironmentWish::default()
        },
        ..Request::default()
    })
}

/// The newest `lib/python3.X` with an `os.py` below `~/.pyenv` or `/usr`.
fn standard_library() -> Option<PathBuf> {
    let home = env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
    let installed = fs::read_dir(home.join(".pyenv/versions"));
    let mut prefixes: Vec<PathBuf> = installed
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .chain(["/usr/local".into(), "/usr".into()])
        .collect();
    prefixes.sort();
    (9..=14).rev().find_map(|minor| {
        prefixes
            .iter()
            .map(|prefix| prefix.join(format!("lib/python3.{minor}")))
            .find(|folder| folder.join("os.py").is_file())
    })
}

/// Prints the nanoseconds that one thing took.
fn measure_once(what: &str, list: &str) -> ExitCode {
    let Some(request) = request() else {
        return ExitCode::FAILURE;
    };
    match what {
        "files" => {
            let Ok(analysis) = load(&request, &|_| ()) else {
                return ExitCode::FAILURE;
            };
            let paths: Vec<String> = analysis
                .files
                .iter()
                .map(|file| file.path.to_string_lossy().into_owned())
                .collect();
            if fs::write(list, paths.join("\n")).is_err() {
                return ExitCode::FAILURE;
            }
            let counts = analysis.counts();
            println!("{} files, {} classes", paths.len(), counts.classes);
            return ExitCode::SUCCESS;
        }
        "load" => {
            let start = Instant::now();
            let Ok(analysis) = load(&request, &|_| ()) else {
                return ExitCode::FAILURE;
            };
            println!("{}", start.elapsed().as_nanos());
            // Nobody waits for an analysis to be taken apart: it lives as long as the program.
            std::mem::forget(analysis);
        }
        // What an edit adds to it is the parse of one file.
        "again" => {
            let Ok(earlier) = load_trying(&request, &|_| (), |_, _, trials| trials.earlier())
            else {
                return ExitCode::FAILURE;
            };
            let request = Request {
                earlier: Some(earlier),
                ..request
            };
            let start = Instant::now();
            let Ok(analysis) = load(&request, &|_| ()) else {
                return ExitCode::FAILURE;
            };
            println!("{}", start.elapsed().as_nanos());
            std::mem::forget(analysis);
        }
        _ => {
            let text = fs::read_to_string(list).unwrap_or_default();
            let paths: Vec<PathBuf> = text.lines().map(PathBuf::from).collect();
            let start = Instant::now();
            let parsed: Vec<_> = paths
                .par_iter()
                .filter_map(|path| {
                    let text = read(path).ok()?.text;
                    Some(ruff_python_parser::parse_unchecked_source(
                        &text,
                        ruff_python_ast::PySourceType::Python,
                    ))
                })
                .collect();
            println!("{}", start.elapsed().as_nanos());
            std::mem::forget(parsed);
        }
    }
    ExitCode::SUCCESS
}

fn measure_all() -> ExitCode {
    let Some(request) = request() else {
        println!("no standard library was found; name a path in MROSCOPE_BENCH_PATH");
        return ExitCode::FAILURE;
    };
    let list = env::temp_dir().join(format!("mroscope-bench-{}", std::process::id()));
    let Some(said) = run("files", &list) else {
        println!("{} could not be loaded", request.path.display());
        return ExitCode::FAILURE;
    };
    println!("{}: {}", request.path.display(), said.trim());
    let (mut parses, mut loads, mut again) = (vec![], vec![], vec![]);
    for _ in 0..TURNS {
        parses.extend(run("parse", &list).as_deref().and_then(duration));
        loads.extend(run("load", &list).as_deref().and_then(duration));
        again.extend(run("again", &list).as_deref().and_then(duration));
    }
    let removed = fs::remove_file(&list);
    let medians = (median(parses), median(loads), median(again));
    let ((Some(parse), Some(load), Some(again)), Ok(())) = (medians, removed) else {
        println!("a measurement failed");
        return ExitCode::FAILURE;
    };
    println!("bare parallel parse {parse:>8.1?}\ncold load           {load:>8.1?}");
    println!("ratio {:.2}", load.as_secs_f64() / parse.as_secs_f64());
    println!("read again          {again:>8.1?}");
    println!("ratio {:.2}", again.as_secs_f64() / parse.as_secs_f64());
    ExitCode::SUCCESS
}

/// Starts this program for one measurement and returns what it prints.
fn run(what: &str, list: &std::path::Path) -> Option<String> {
    let output = Command::new(env::current_exe().ok()?)
        .args([ONCE, what])
        .arg(list)
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn duration(said: &str) -> Option<Duration> {
    said.trim().parse().ok().map(Duration::from_nanos)
}

fn median(mut times: Vec<Duration>) -> Option<Duration> {
    times.sort();
    times.get(times.len() / 2).copied()
}
