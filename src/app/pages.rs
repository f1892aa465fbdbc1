//! Which page a place shows. The pages themselves are `view`'s; here stand only those that say why there is none.

use crate::Name;
use crate::analysis::{Analysis, ClassRef};
use crate::app::answers::Answers;
use crate::app::keymap::Keymap;
use crate::app::lessons::Lessons;
use crate::app::live::Lives;
use crate::app::load::Loading;
use crate::app::location::{ClassAt, Location};
use crate::app::source::hidden;
use crate::evaluate::{Answer, Question};
use crate::load::{Query, Reply};
use crate::plugins::Atlas;
use crate::source::FileId;
use crate::view::{
    self, Body, Differing, Expressed, HomeList, Line, Link, Mends, Page, PageKind, Proof, Role,
    Settings, Span, Told, Visit,
};

/// What a page is made of beside the analysis.
pub(super) struct Beside<'a> {
    pub(super) settings: &'a Settings,
    pub(super) keymap: &'a Keymap,
    pub(super) loading: &'a Loading,
    pub(super) answers: &'a Answers,
    pub(super) lives: &'a Lives,
    pub(super) lessons: &'a Lessons,
    pub(super) lately: &'a [Visit],
    /// In how many columns the keys are listed.
    pub(super) columns: usize,
}

/// Makes the page that a place shows.
pub(super) fn page(analysis: Option<&Analysis>, place: &Location, beside: &Beside<'_>) -> Page {
    let mut page = whole(analysis, place, beside);
    if let Some(analysis) = analysis.filter(|_| !place.folds.is_empty()) {
        let shown = page.lines.iter().find_map(|it| match (&it.body, &it.link) {
            (Body::Source(_), Some(Link::Source { file, .. })) => Some(*file),
            _ => None,
        });
        if let Some(file) = shown {
            let names = analysis.file_names(file);
            let hidden = hidden(analysis, file, &names, &place.folds);
            view::fold_source(&mut page, file, &hidden);
        }
    }
    page
}

/// The page with nothing folded.
fn whole(analysis: Option<&Analysis>, place: &Location, beside: &Beside<'_>) -> Page {
    let &Beside {
        settings,
        keymap,
        loading,
        answers,
        lives,
        lessons,
        lately,
        ..
    } = beside;
    if place.page == PageKind::Help {
        return view::help(&keymap.help(), beside.columns);
    }
    let Some(analysis) = analysis else {
        return waiting(loading);
    };
    if place.page == PageKind::Home {
        let outlook = analysis.outlook();
        let wanted = place.head.as_deref();
        let list = HomeList::ALL
            .into_iter()
            .find(|it| wanted == Some(it.says().0));
        return match list {
            Some(list) => view::home_list(analysis, outlook, lately, list, &settings.filter),
            None => view::home(analysis, outlook, lately),
        };
    }
    if place.page == PageKind::Lesson {
        let about = place.class.as_ref().and_then(|it| it.find(analysis));
        return match &place.head {
            Some(number) => lessons.page(number),
            None => view::lessons(about, &lessons.progress),
        };
    }
    if place.page == PageKind::Problems {
        return view::problems(analysis);
    }
    if place.page == PageKind::Coverage {
        return view::coverage(analysis);
    }
    if place.page == PageKind::Costs {
        let answer = question(analysis, place, settings).and_then(|it| answers.to(&it));
        return match answer {
            Some(Reply::AtRest(Answer::Costs(costs))) => view::costs(analysis, Some(costs)),
            _ => view::costs(analysis, None),
        };
    }
    if place.page == PageKind::Module {
        return module(analysis, place, settings, answers);
    }
    if place.page == PageKind::Atlas {
        let drawn = drawn(answers);
        return view::atlas(analysis, drawn, place.head.as_deref(), settings);
    }
    if place.page == PageKind::Difference {
        let with = place.head.clone().unwrap_or_default();
        return match answers.to(&Query::Compare(with.clone())) {
            Some(Reply::Compared(Ok(compared))) => {
                view::difference(&Differing::with(compared, analysis))
            }
            Some(Reply::Compared(Err(message))) => said(
                "Difference",
                Role::Error,
                &[
                    message,
                    "`D` compares with something else: a revision, `3.10`, an environment, a folder.",
                ],
            ),
            _ => said(
                "Difference",
                Role::Heading,
                &[&format!(
                    "Comparing with {with}: the other side is being read."
                )],
            ),
        };
    }
    if let Some(shown) = &place.file {
        return match file(analysis, shown) {
            Some(file) => view::source_file(analysis, file, settings),
            None => gone(shown),
        };
    }
    let Some(class) = &place.class else {
        return welcome(analysis);
    };
    let Some(class) = class.find(analysis) else {
        return gone(&class.path.to_string());
    };
    let subject = view::subject(place.page, class, settings);
    let mut page = match place.page {
        PageKind::Lookup => lookup(analysis, subject, place, settings, answers),
        PageKind::Members => {
            let answer = question(analysis, place, settings).and_then(|it| answers.to(&it));
            let values = match answer {
                Some(Reply::AtRest(Answer::Values(values))) => Some(values),
                _ => None,
            };
            view::members(class, settings, values, Some(near(place)))
        }
        PageKind::Matrix => view::matrix(class, settings, Some(near(place))),
        PageKind::Super => view::supers(subject, place.attribute.as_deref(), settings),
        PageKind::Plugins => {
            let mut page = view::plugins(class, settings, Some(near(place)));
            if let Some(atlas) = drawn(answers) {
                view::say_registered(&mut page, class, atlas, settings);
            }
            page
        }
        PageKind::Descriptors => {
            let answer = question(analysis, place, settings).and_then(|it| answers.to(&it));
            let held = match answer {
                Some(Reply::AtRest(Answer::Held(held))) => Some(held),
                _ => None,
            };
            view::descriptors(subject, settings, held)
        }
        PageKind::Live => lives.page(class),
        PageKind::Creation => {
            let answer = question(analysis, place, settings).and_then(|it| answers.to(&it));
            match answer {
                Some(Reply::AtRest(Answer::Creation(story))) => view::creation(class, Some(story)),
                _ => view::creation(class, None),
            }
        }
        PageKind::Operators => {
            let Some(line) = &place.head else {
                return view::operators(class, Expressed::Nothing);
            };
            let answer = question(analysis, place, settings).and_then(|it| answers.to(&it));
            let expressed = match answer {
                Some(Reply::Operated(Ok(told))) => Expressed::Told(told),
                Some(Reply::Operated(Err(error))) => Expressed::Refused(line, error),
                _ => Expressed::Asked(line),
            };
            view::operators(class, expressed)
        }
        PageKind::WhatIf => what_if(analysis, class, place, settings, answers),
        PageKind::Linearization if class.raises().is_some() => {
            let answer = question(analysis, place, settings).and_then(|it| answers.to(&it));
            let mends = match answer {
                Some(Reply::Explained(Some(found))) => Mends::Found(found),
                Some(_) => Mends::NotSought,
                None => Mends::Sought,
            };
            let asked = Query::Fates(class.id());
            let fates = match answers.to(&asked) {
                Some(Reply::Fates(fates)) => Some(fates.as_slice()),
                Some(_) => Some(&[][..]),
                None => None,
            };
            view::explanation(class, mends, fates)
        }
        PageKind::Linearization => {
            let marked = place.mark.as_ref().and_then(|it| it.id(analysis));
            view::linearization(class, marked)
        }
        PageKind::Across => view::across(
            class,
            place.attribute.as_deref(),
            settings,
            Some(near(place)),
        ),
        PageKind::Beside => {
            let other = place.other.as_ref().and_then(|it| it.find(analysis));
            match (&place.other, other) {
                (Some(gone_since), None) => return gone(&gone_since.path.to_string()),
                (_, other) => {
                    view::beside(class, other.unwrap_or(class), settings, Some(near(place)))
                }
            }
        }
        PageKind::Before => {
            let found = |it: &Option<ClassAt>| it.as_ref().and_then(|it| it.find(analysis));
            let one = found(&place.mark).unwrap_or(class);
            view::why_before(class, one, found(&place.other).unwrap_or(one))
        }
        page => view::page(page, class, settings),
    };
    view::say_seen_from(&mut page, place.page, class, settings);
    page
}

/// What has to be asked of the run at rest before a place can be shown whole.
pub(super) fn question(
    analysis: &Analysis,
    place: &Location,
    settings: &Settings,
) -> Option<Query> {
    if place.page == PageKind::Costs {
        return Some(Query::AtRest(Question::Costs));
    }
    if matches!(place.page, PageKind::Atlas | PageKind::Plugins) {
        return Some(Query::Atlas);
    }
    if place.page == PageKind::Module {
        return Some(Query::AtRest(Question::Module {
            module: Name::from(place.head.as_deref()?),
            inside: place.attribute.clone(),
            limits: analysis.world.limits.widened(settings.members.detail),
        }));
    }
    if place.page == PageKind::Difference {
        return Some(Query::Compare(place.head.clone()?));
    }
    let class = place.class.as_ref()?.id(analysis)?;
    match place.page {
        PageKind::Creation => Some(Query::AtRest(Question::Creation(class))),
        PageKind::Descriptors => Some(Query::AtRest(Question::Held(class))),
        PageKind::Lookup => Some(Query::AtRest(Question::Lookup {
            class: view::subject(place.page, analysis.class(class), settings).id(),
            name: place.attribute.clone()?,
        })),
        PageKind::Linearization if place.file.is_none() => {
            let raises = analysis.class(class).raises().is_some();
            raises.then_some(Query::Explain(class))
        }
        PageKind::Operators => Some(Query::Operate {
            class,
            line: place.head.clone()?,
        }),
        PageKind::WhatIf => Some(Query::Try {
            class,
            head: place.head.clone()?,
        }),
        // The analysis has the values within the limits of the load.
        PageKind::Members if settings.members.detail != 0 => {
            Some(Query::AtRest(Question::Values {
                class,
                limits: analysis.world.limits.widened(settings.members.detail),
            }))
        }
        _ => None,
    }
}

/// What else is asked, once the first question is on its way: a page does not wait for it.
pub(super) fn asked_besides(question: &Query) -> Option<Query> {
    match question {
        Query::Explain(class) => Some(Query::Fates(*class)),
        _ => None,
    }
}

/// The line around which a page is made whole, in steps: not every key makes it anew.
pub(super) fn near(place: &Location) -> usize {
    const STEP: usize = 256;
    match place.page {
        PageKind::Members
        | PageKind::Matrix
        | PageKind::Across
        | PageKind::Beside
        | PageKind::Module
        | PageKind::Plugins => place.line.unwrap_or(0) / STEP * STEP,
        _ => 0,
    }
}

/// A module, or what one of its values holds.
fn module(analysis: &Analysis, place: &Location, settings: &Settings, answers: &Answers) -> Page {
    let name = place.head.as_deref().unwrap_or_default();
    let answer = question(analysis, place, settings).and_then(|it| answers.to(&it));
    let story = match answer {
        Some(Reply::AtRest(Answer::Module(Some(story)))) => Some(&**story),
        _ => None,
    };
    match &place.attribute {
        Some(path) => view::inside(analysis, name, path, story, settings),
        None => view::module(analysis, name, story, settings, Some(near(place))),
    }
}

/// The atlas, once it is drawn.
fn drawn(answers: &Answers) -> Option<&Atlas> {
    match answers.to(&Query::Atlas) {
        Some(Reply::Atlas(atlas)) => Some(atlas),
        _ => None,
    }
}

fn lookup(
    analysis: &Analysis,
    class: ClassRef<'_>,
    place: &Location,
    settings: &Settings,
    answers: &Answers,
) -> Page {
    let Some(name) = &place.attribute else {
        return said(
            class.name(),
            Role::Heading,
            &["Which attribute? Select a name on the members page (`m`) and press `l`."],
        );
    };
    let answer = question(analysis, place, settings).and_then(|it| answers.to(&it));
    let told = match answer {
        None => Told::Asked,
        Some(Reply::AtRest(Answer::Lookup(Some(traces)))) => Told::Traces(traces),
        Some(_) => Told::Nothing,
    };
    view::lookup(class, name, told, settings.way)
}

/// What a class would be; a run is asked when the head is whole.
fn what_if(
    analysis: &Analysis,
    class: ClassRef<'_>,
    place: &Location,
    settings: &Settings,
    answers: &Answers,
) -> Page {
    let head = place.head.clone().unwrap_or_else(|| view::head_of(class));
    let answer = analysis.what_if(class.id(), &head);
    let told = question(analysis, place, settings).map(|it| answers.to(&it));
    let proof = match told {
        _ if place.is_being_typed || answer.is_err() => Proof::NotAsked,
        Some(Some(Reply::Tried(Some(tried)))) => Proof::Ran(tried),
        Some(Some(_)) => Proof::None,
        Some(None) => Proof::Asked,
        None => Proof::NotAsked,
    };
    view::what_if(class, &head, &answer, proof)
}

/// The file that people know by this path.
pub(super) fn file(analysis: &Analysis, shown: &str) -> Option<FileId> {
    let position = analysis.files.iter().position(|file| file.shown == shown)?;
    Some(FileId::at(position))
}

/// The line of a page that shows a line of source.
pub(super) fn line_of(page: &Page, file: Option<FileId>, line: u32) -> Option<usize> {
    page.lines.iter().position(|shown| match shown.link {
        // What stands below a line leads elsewhere.
        Some(Link::Source { file: at, line: l }) if matches!(shown.body, Body::Source(_)) => {
            l == line && file.is_none_or(|file| at == file)
        }
        _ => false,
    })
}

fn waiting(loading: &Loading) -> Page {
    match loading {
        Loading::Failed(message) => said(
            "Nothing to show",
            Role::Error,
            &[
                message,
                "What is written there is read by itself; `mroscope PATH` opens another folder or file.",
                "`q` leaves; the shell shows the message again.",
            ],
        ),
        _ => said(
            "Reading",
            Role::Heading,
            &[
                "The project is being read; the counts above climb as files come in.",
                "Meanwhile `?` shows the keys, and `/` takes the name you want to see first.",
            ],
        ),
    }
}

fn welcome(analysis: &Analysis) -> Page {
    if analysis.project_classes().next().is_none() {
        return said(
            "No classes",
            Role::Warning,
            &[
                "No statement of this project makes a class.",
                "`P` lists the files that could not be read whole; `/` searches the interpreter's classes.",
            ],
        );
    }
    said(
        &analysis.world.project,
        Role::Heading,
        &[
            "Choose a class in the tree, or press `/` and type a few letters of its name.",
            "`?` lists all keys.",
        ],
    )
}

fn gone(name: &str) -> Page {
    said(
        name,
        Role::Warning,
        &[
            "This is not in the project any more: it was there when you came here, and a later reading did not find it.",
            "`[` goes back; `/` searches.",
        ],
    )
}

fn said(title: &str, role: Role, texts: &[&str]) -> Page {
    Page {
        title: vec![Span::new(title, role)],
        lines: texts
            .iter()
            .map(|text| Line::text(vec![Span::plain(text)]))
            .collect(),
        ..Page::default()
    }
}
