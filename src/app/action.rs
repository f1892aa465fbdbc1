//! `Action`: everything a key can be bound to. What only the program itself can cause is a `Msg` and stands elsewhere.

mod about;

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
    /// Lists the themes.
    Themes,
    /// Lists what can be done here.
    Menu,
    /// Marks the page.
    Mark,
    /// Lists the marked pages.
    Marked,
    /// Pins the page beside the others.
    Pin,
    /// Moves the divider to the right.
    WiderTree,
    /// Moves the divider to the left.
    NarrowerTree,
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
    NextName,
    PreviousName,
    ScrollRight,
    ScrollLeft,
    Fold,
    FoldAll,
    StepAll,
    Predict,
    Pick,
    Lessons,
    Hint,
    Present,
    WhatIf,
    Operators,
    WhyBefore,
    Across,
    Beside,
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
    SourcePage,
    Learn,
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
    pub const ALL: [Self; 13] = [
        Self::Move,
        Self::Go,
        Self::Find,
        Self::Pages,
        Self::Tree,
        Self::MembersPage,
        Self::LookupPage,
        Self::MatrixPage,
        Self::MergePage,
        Self::SourcePage,
        Self::Learn,
        Self::Work,
        Self::Typing,
    ];

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Move => "Move",
            Self::Go => "Follow and return",
            Self::Find => "Find",
            Self::Pages => "Pages",
            Self::Tree => "Tree",
            Self::MembersPage => "On the members page",
            Self::LookupPage => "On the lookup page",
            Self::MatrixPage => "On the matrix page",
            Self::MergePage => "On the merge page",
            Self::SourcePage => "On the source page",
            Self::Learn => "Learn and teach",
            Self::Work => "Work",
            Self::Typing => "While typing",
        }
    }
}

impl Action {
    /// All of them, in the order in which help lists them.
    pub const ALL: [Self; 106] = [
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
        Self::Themes,
        Self::Menu,
        Self::Mark,
        Self::Marked,
        Self::Pin,
        Self::WiderTree,
        Self::NarrowerTree,
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
        Self::NextName,
        Self::PreviousName,
        Self::ScrollRight,
        Self::ScrollLeft,
        Self::Fold,
        Self::FoldAll,
        Self::StepAll,
        Self::Predict,
        Self::Pick,
        Self::Lessons,
        Self::Hint,
        Self::Present,
        Self::WhatIf,
        Self::Operators,
        Self::WhyBefore,
        Self::Across,
        Self::Beside,
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
        // Key files of before call the MRO so.
        let name = match name {
            "linearization" => "mro",
            name => name,
        };
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
