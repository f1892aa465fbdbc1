//! The *costs* page: which metaclass or hook makes how many calls for how many classes, when the project is imported.

use crate::analysis::Analysis;
use crate::semantics::{Costs, CreationStep};
use crate::view::words::{count, place_link, short_place};
use crate::view::{Column, Line, Page, Role, Span};

/// How many rows the page has at most.
const MOST: usize = 500;

/// Says what the class statements of the project cost; nothing yet where the run has not answered.
pub fn costs(analysis: &Analysis, told: Option<&Costs>) -> Page {
    let mut page = Page {
        title: vec![
            Span::new("Costs", Role::Heading),
            Span::faint(format!("  {}", analysis.world.project)),
        ],
        ..Page::default()
    };
    let Some(costs) = told else {
        page.push(Line::text(vec![Span::faint(
            "being worked out: the answer comes by itself",
        )]));
        return page;
    };
    page.push(Line::text(vec![Span::plain(format!(
        "{} {} while {}{}",
        count(costs.calls, "function", "functions"),
        if costs.calls == 1 { "begins" } else { "begin" },
        count(
            costs.statements,
            "class statement of the project executes",
            "class statements of the project execute"
        ),
        match costs.by_calls {
            0 => String::new(),
            1 => String::from(", and a call makes a class"),
            calls => format!(", and calls make {calls} classes"),
        },
    ))]));
    let open = costs.statements + costs.by_calls - costs.exact;
    if open > 0 {
        page.push(Line::text(vec![
            Span::new("◐ ", Role::Assumed),
            Span::faint(format!(
                "of {open} of them it is not known to the letter what they run: these are the calls that were seen"
            )),
        ]));
    }
    if !costs.hooks.is_empty() {
        hooks(&mut page, analysis, costs);
    }
    if !costs.open.is_empty() {
        not_known(&mut page, analysis, costs, open);
    }
    page
}

/// The statements of which it is not known what they run, and why.
fn not_known(page: &mut Page, analysis: &Analysis, costs: &Costs, all: usize) {
    page.heading("not known to the letter");
    let table = page.table(vec![Column::left(0), Column::left(2), Column::left(1)]);
    for (path, place, gap) in &costs.open {
        page.push(
            Line::row(
                table,
                vec![
                    vec![Span::plain("  "), Span::new(&path.qualname, Role::Class)],
                    vec![Span::faint(
                        place.map_or_else(String::new, |it| short_place(analysis, it)),
                    )],
                    vec![Span::faint(gap.as_ref().map_or_else(
                        || String::from("it rests on what is taken for granted"),
                        |gap| analysis.say_gap(gap),
                    ))],
                ],
            )
            .to(place_link(analysis, *place)),
        );
    }
    if all > costs.open.len() {
        page.push(Line::text(vec![Span::faint(format!(
            "  and {} more",
            all - costs.open.len()
        ))]));
    }
}

/// Who makes how many calls.
fn hooks(page: &mut Page, analysis: &Analysis, costs: &Costs) {
    page.push(Line::blank());
    let table = page.table(vec![
        Column::right(0),
        Column::right(0),
        Column::left(2),
        Column::left(0),
        Column::left(3),
        Column::left(1),
    ]);
    page.push(Line::head(
        table,
        &["calls", "classes", "in", "by", "module", "place"],
    ));
    for hook in costs.hooks.iter().take(MOST) {
        let function = hook.function.as_ref();
        let place = function.and_then(|(.., place)| *place);
        page.push(
            Line::row(
                table,
                vec![
                    vec![Span::plain(hook.calls.to_string())],
                    vec![Span::plain(hook.statements.to_string())],
                    vec![Span::faint(word(hook.step))],
                    match function {
                        Some((_, name, _)) => vec![Span::new(name, Role::Method)],
                        None => vec![Span::faint(without_hook(hook.step))],
                    },
                    match function {
                        Some((module, ..)) => vec![Span::new(module, Role::Module)],
                        None => vec![],
                    },
                    vec![Span::faint(
                        place.map_or_else(String::new, |it| short_place(analysis, it)),
                    )],
                ],
            )
            .to(place_link(analysis, place)),
        );
    }
    if costs.hooks.len() > MOST {
        page.push(Line::text(vec![Span::faint(format!(
            "and {} more",
            costs.hooks.len() - MOST
        ))]));
    }
}

/// What calls where no hook does.
fn without_hook(step: CreationStep) -> &'static str {
    match step {
        CreationStep::Decorators => "decorator expressions",
        CreationStep::Bases => "base lists and keywords",
        CreationStep::Body => "class bodies",
        _ => "what the statements call themselves",
    }
}

/// A kind of step in a word.
fn word(step: CreationStep) -> &'static str {
    match step {
        CreationStep::Decorators => "decorators",
        CreationStep::Bases => "bases",
        CreationStep::MroEntries => "__mro_entries__",
        CreationStep::Prepare => "__prepare__",
        CreationStep::Body => "body",
        CreationStep::Call => "metaclass",
        CreationStep::New(_) => "__new__",
        CreationStep::TypeNew(_) => "type.__new__",
        CreationStep::Mro(_) => "mro()",
        CreationStep::SetName(_) => "__set_name__",
        CreationStep::InitSubclass(_) => "__init_subclass__",
        CreationStep::Init(_) => "__init__",
        CreationStep::Decorate(_) => "decorator",
        CreationStep::Library(_, name) => name,
    }
}
