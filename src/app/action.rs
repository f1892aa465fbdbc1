//! `Action`: everything a key can be bound to. What only the program itself can cause is a `Msg` and stands elsewhere.

use crate::view::PageKind;

/// Something a person can ask for with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "`about` says each of them, and people read it")]
pub enum Action {
    Down,
    Up,
    HalfScreenDown,
    HalfScreenUp,
    ScreenDown,
    ScreenUp,
    Top,
    Bottom,
    Left,
    Right,
    OtherPane,
    WholePage,
    Open,
    Back,
    Forward,
    Close,
    Search,
    Palette,
    Filter,
    NextMatch,
    PreviousMatch,
    Linearization,
    Members,
    Matrix,
    Lookup,
    Super,
    SeenFrom,
    Descriptors,
    Creation,
    Costs,
    Merge,
    Source,
    Plugins,
    Atlas,
    Home,
    Visited,
    Problems,
    Coverage,
    Help,
    NextPage,
    PreviousPage,
    SwitchTree,
    Unfold,
    CollapseAll,
    Inherited,
    Private,
    Special,
    FromObject,
    Sort,
    WiderValues,
    NarrowerValues,
    NextWay,
    PreviousWay,
    NextColumn,
    PreviousColumn,
    Below,
    StepOn,
    StepBack,
    StepFirst,
    StepLast,
    WhatIf,
    Operators,
    Compare,
    Undo,
    Write,
    Live,
    Yes,
    No,
    Edit,
    Copy,
    ReleaseMouse,
    ReadAgain,
    Redraw,
    Suspend,
    Quit,
    Accept,
    Complete,
    EraseLetter,
    EraseWord,
    EraseAll,
    LetterLeft,
    LetterRight,
    LetterFirst,
    LetterLast,
}

/// What kind of thing an action does; the help page has a heading for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "`title` says each of them")]
pub enum Group {
    Move,
    Go,
    Find,
    Pages,
    Tree,
    MembersPage,
    LookupPage,
    MatrixPage,
    MergePage,
    Work,
    Typing,
}

/// How an action is named in key files and explained to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    /// Its name in a key file.
    pub name: &'static str,
    /// The heading it stands under.
    pub group: Group,
    /// A word or two for the footer.
    pub short: &'static str,
    /// A line of help.
    pub help: &'static str,
}

impl Group {
    /// All of them, as the help page lists them.
    pub const ALL: [Self; 11] = [
        Self::Move,
        Self::Go,
        Self::Find,
        Self::Pages,
        Self::Tree,
        Self::MembersPage,
        Self::LookupPage,
        Self::MatrixPage,
        Self::MergePage,
        Self::Work,
        Self::Typing,
    ];

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Move => "Move",
            Self::Go => "Follow and return",
            Self::Find => "Find",
            Self::Pages => "Pages of the selected class",
            Self::Tree => "Tree",
            Self::MembersPage => "On the members page",
            Self::LookupPage => "On the lookup page",
            Self::MatrixPage => "On the matrix page",
            Self::MergePage => "On the merge page",
            Self::Work => "Work",
            Self::Typing => "While typing",
        }
    }
}

impl Action {
    /// All of them, in the order in which help lists them.
    pub const ALL: [Self; 84] = [
        Self::Down,
        Self::Up,
        Self::HalfScreenDown,
        Self::HalfScreenUp,
        Self::ScreenDown,
        Self::ScreenUp,
        Self::Top,
        Self::Bottom,
        Self::Left,
        Self::Right,
        Self::OtherPane,
        Self::WholePage,
        Self::Open,
        Self::Back,
        Self::Forward,
        Self::Close,
        Self::Search,
        Self::Palette,
        Self::Filter,
        Self::NextMatch,
        Self::PreviousMatch,
        Self::Linearization,
        Self::Members,
        Self::Matrix,
        Self::Lookup,
        Self::Super,
        Self::SeenFrom,
        Self::Descriptors,
        Self::Creation,
        Self::Costs,
        Self::Merge,
        Self::Source,
        Self::Plugins,
        Self::Atlas,
        Self::Home,
        Self::Visited,
        Self::Problems,
        Self::Coverage,
        Self::Help,
        Self::NextPage,
        Self::PreviousPage,
        Self::SwitchTree,
        Self::Unfold,
        Self::CollapseAll,
        Self::Inherited,
        Self::Private,
        Self::Special,
        Self::FromObject,
        Self::Sort,
        Self::WiderValues,
        Self::NarrowerValues,
        Self::NextWay,
        Self::PreviousWay,
        Self::NextColumn,
        Self::PreviousColumn,
        Self::Below,
        Self::StepOn,
        Self::StepBack,
        Self::StepFirst,
        Self::StepLast,
        Self::WhatIf,
        Self::Operators,
        Self::Compare,
        Self::Undo,
        Self::Write,
        Self::Live,
        Self::Yes,
        Self::No,
        Self::Edit,
        Self::Copy,
        Self::ReleaseMouse,
        Self::ReadAgain,
        Self::Redraw,
        Self::Suspend,
        Self::Quit,
        Self::Accept,
        Self::Complete,
        Self::EraseLetter,
        Self::EraseWord,
        Self::EraseAll,
        Self::LetterLeft,
        Self::LetterRight,
        Self::LetterFirst,
        Self::LetterLast,
    ];

    /// The action of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|action| action.about().name == name)
    }

    /// The page it opens, if it opens one.
    pub fn page(self) -> Option<PageKind> {
        match self {
            Self::Linearization => Some(PageKind::Linearization),
            Self::Members => Some(PageKind::Members),
            Self::Matrix => Some(PageKind::Matrix),
            Self::Lookup => Some(PageKind::Lookup),
            Self::Super => Some(PageKind::Super),
            Self::Descriptors => Some(PageKind::Descriptors),
            Self::Creation => Some(PageKind::Creation),
            Self::Costs => Some(PageKind::Costs),
            Self::Merge => Some(PageKind::Merge),
            Self::Source => Some(PageKind::Source),
            Self::Plugins => Some(PageKind::Plugins),
            Self::Atlas => Some(PageKind::Atlas),
            Self::Home => Some(PageKind::Home),
            Self::Problems => Some(PageKind::Problems),
            Self::Coverage => Some(PageKind::Coverage),
            Self::Help => Some(PageKind::Help),
            _ => None,
        }
    }

    /// Names and explains it.
    pub fn about(self) -> About {
        use Group::{
            Find, Go, LookupPage, MatrixPage, MembersPage, MergePage, Move, Pages, Tree, Typing,
            Work,
        };
        let about = |name, group, short, help| About {
            name,
            group,
            short,
            help,
        };
        match self {
            Self::Down => about("down", Move, "down", "the next line"),
            Self::Up => about("up", Move, "up", "the line before"),
            Self::HalfScreenDown => about(
                "half-screen-down",
                Move,
                "half down",
                "half a screen further",
            ),
            Self::HalfScreenUp => about("half-screen-up", Move, "half up", "half a screen back"),
            Self::ScreenDown => about("screen-down", Move, "screen down", "a screen further"),
            Self::ScreenUp => about("screen-up", Move, "screen up", "a screen back"),
            Self::Top => about("top", Move, "top", "the first line"),
            Self::Bottom => about("bottom", Move, "bottom", "the last line"),
            Self::Left => about(
                "left",
                Move,
                "close",
                "close a branch; from a page to the tree",
            ),
            Self::Right => about(
                "right",
                Move,
                "open",
                "open a branch; from the tree to the page",
            ),
            Self::OtherPane => about(
                "other-pane",
                Move,
                "pane",
                "from the tree to the page, and back",
            ),
            Self::WholePage => about(
                "whole-page",
                Move,
                "whole page",
                "give the page the whole width, and again take it back",
            ),
            Self::Open => about("open", Go, "open", "follow the selected line"),
            Self::Back => about("back", Go, "back", "where you came from"),
            Self::Forward => about("forward", Go, "forward", "where you went back from"),
            Self::Close => about(
                "close",
                Go,
                "back",
                "leave what is open: help, a filter, the page",
            ),
            Self::Search => about(
                "search",
                Find,
                "search",
                "find classes, members, modules, registries, rules of check and lines by name",
            ),
            Self::Palette => about(
                "palette",
                Find,
                "actions",
                "every action by its words, with its key",
            ),
            Self::Filter => about(
                "filter",
                Find,
                "find here",
                "find on this page; members, descriptors and plugins show only what matches",
            ),
            Self::NextMatch => about("next-match", Find, "next", "the next match"),
            Self::PreviousMatch => about("previous-match", Find, "previous", "the match before"),
            Self::Linearization => about(
                "linearization",
                Pages,
                "mro",
                "the MRO, and what each ancestor gives",
            ),
            Self::Members => about(
                "members",
                Pages,
                "members",
                "every name, who provides it, what it hides",
            ),
            Self::Matrix => about(
                "matrix",
                Pages,
                "matrix",
                "which class of the MRO, or below, defines which name, and who must",
            ),
            Self::Lookup => about(
                "lookup",
                Pages,
                "why",
                "what Python does to get at the selected attribute, step by step",
            ),
            Self::Super => about(
                "super",
                Pages,
                "super",
                "how a call of the selected method runs: super() from one definition to the next",
            ),
            Self::SeenFrom => about(
                "seen-from",
                Pages,
                "see from",
                "read ancestors as seen from this class: where self.x, cls.x and super().x lead for it; again to stop",
            ),
            Self::Descriptors => about(
                "descriptors",
                Pages,
                "descriptors",
                "each descriptor, which accesses it answers, and what they look like they cost",
            ),
            Self::Creation => about(
                "creation",
                Pages,
                "creation",
                "what the class statement runs, step by step, and what calling the class does",
            ),
            Self::Atlas => about(
                "atlas",
                Pages,
                "atlas",
                "what is registered in the project: registries, entry points, frameworks",
            ),
            Self::Costs => about(
                "costs",
                Pages,
                "costs",
                "which metaclass or hook makes how many calls when the project is imported",
            ),
            Self::Merge => about(
                "merge",
                Pages,
                "merge",
                "how C3 arrives at the MRO, step by step",
            ),
            Self::Source => about("source", Pages, "source", "the class statement in its file"),
            Self::Plugins => about(
                "plugins",
                Pages,
                "plugins",
                "everything that derives from the class",
            ),
            Self::Home => about(
                "home",
                Pages,
                "home",
                "what is in the project, and where to look",
            ),
            Self::Visited => about(
                "visited",
                Go,
                "visited",
                "the pages that were read, the last one first",
            ),
            Self::Problems => about(
                "problems",
                Pages,
                "problems",
                "files that could not be read whole, classes that cannot be made",
            ),
            Self::Coverage => about(
                "coverage",
                Pages,
                "coverage",
                "how much is known, what keeps the rest out of view, and what helps",
            ),
            Self::Help => about("help", Pages, "keys", "these keys"),
            Self::NextPage => about(
                "next-page",
                Pages,
                "next page",
                "the next page of the class",
            ),
            Self::PreviousPage => about("previous-page", Pages, "page before", "the page before"),
            Self::SwitchTree => about(
                "switch-tree",
                Tree,
                "tree",
                "modules and classes, or what the class derives from and what derives from it",
            ),
            Self::Unfold => about("unfold", Tree, "unfold", "open or close the branch"),
            Self::CollapseAll => about("collapse-all", Tree, "close all", "close every branch"),
            Self::Inherited => about(
                "inherited",
                MembersPage,
                "inherited",
                "show or hide what is inherited",
            ),
            Self::Private => about(
                "private",
                MembersPage,
                "private",
                "show or hide names with an underscore",
            ),
            Self::Special => about(
                "special",
                MembersPage,
                "special",
                "show or hide special names, as `__init__`",
            ),
            Self::FromObject => about(
                "from-object",
                MembersPage,
                "object",
                "show or hide what only `object` gives",
            ),
            Self::Sort => about(
                "sort",
                MembersPage,
                "sort",
                "order by name, by class, by kind",
            ),
            Self::WiderValues => about(
                "wider-values",
                MembersPage,
                "wider",
                "show more of values: twice the limits of `reprlib`, four times, …",
            ),
            Self::NarrowerValues => about(
                "narrower-values",
                MembersPage,
                "narrower",
                "show less of values",
            ),
            Self::NextWay => about(
                "next-way",
                LookupPage,
                "next way",
                "read, write, delete, on the class, through super()",
            ),
            Self::PreviousWay => about("previous-way", LookupPage, "way before", "the way before"),
            Self::NextColumn => about("next-column", MatrixPage, "class", "the next class"),
            Self::PreviousColumn => about(
                "previous-column",
                MatrixPage,
                "class before",
                "the class before",
            ),
            Self::Below => about(
                "below",
                MatrixPage,
                "below",
                "all that derives from the class, or its MRO",
            ),
            Self::StepOn => about("step-on", MergePage, "on", "one step on"),
            Self::StepBack => about("step-back", MergePage, "back", "one step back"),
            Self::StepFirst => about("step-first", MergePage, "restart", "the first step"),
            Self::StepLast => about("step-last", MergePage, "to the end", "all steps"),
            Self::WhatIf => about(
                "what-if",
                Work,
                "what if",
                "type other bases for the class, and see what it would be",
            ),
            Self::Operators => about(
                "operators",
                Pages,
                "operators",
                "which operators the class has; type one, and see whom it asks",
            ),
            Self::Compare => about(
                "compare",
                Work,
                "compare",
                "what changed since a revision, or against another version, environment or folder",
            ),
            Self::Undo => about(
                "undo",
                Work,
                "undo",
                "on the what-if page: the head before this one",
            ),
            Self::Write => about(
                "write",
                Work,
                "write",
                "write the edit one is looking at into its files, after asking",
            ),
            Self::Live => about(
                "live",
                Work,
                "live",
                "ask whether to run Python, and show what the class's attributes hold there",
            ),
            Self::Yes => about(
                "yes",
                Work,
                "yes",
                "do what is asked: run Python, write a file",
            ),
            Self::No => about("no", Work, "no", "run nothing, write nothing"),
            Self::Edit => about(
                "edit",
                Work,
                "edit",
                "open the line in your editor ($VISUAL, $EDITOR)",
            ),
            Self::Copy => about(
                "copy",
                Work,
                "copy",
                "copy the selected line's target to the clipboard; of an edit, the patch",
            ),
            Self::ReleaseMouse => about(
                "release-mouse",
                Work,
                "mouse",
                "leave the mouse to the terminal, to select text; again takes it back",
            ),
            Self::ReadAgain => about(
                "read-again",
                Work,
                "read again",
                "read the project again; what changes in its files is read by itself",
            ),
            Self::Redraw => about("redraw", Work, "redraw", "paint the screen anew"),
            Self::Suspend => about(
                "suspend",
                Work,
                "suspend",
                "back to the shell; `fg` returns",
            ),
            Self::Quit => about("quit", Work, "quit", "leave"),
            Self::Accept => about("accept", Typing, "open", "take it"),
            Self::Complete => about(
                "complete",
                Typing,
                "complete",
                "complete what is being typed: a term of the search, a name of the what-if; else go to the next",
            ),
            Self::EraseLetter => about("erase-letter", Typing, "erase", "erase a letter"),
            Self::EraseWord => about("erase-word", Typing, "erase word", "erase a word"),
            Self::EraseAll => about("erase-all", Typing, "clear", "erase everything"),
            Self::LetterLeft => about("letter-left", Typing, "left", "a letter to the left"),
            Self::LetterRight => about("letter-right", Typing, "right", "a letter to the right"),
            Self::LetterFirst => about("letter-first", Typing, "start", "to the first letter"),
            Self::LetterLast => about("letter-last", Typing, "end", "behind the last letter"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_actions_is_whole_and_no_name_is_used_twice() {
        for (index, action) in Action::ALL.into_iter().enumerate() {
            assert_eq!(
                action as usize, index,
                "{action:?} stands elsewhere in the enum"
            );
            assert_eq!(Action::named(action.about().name), Some(action));
        }
        assert_eq!(Action::LetterLast as usize + 1, Action::ALL.len());
    }
}
