//! `Page`, `Line`, `Span`: what the program says, before anybody decides how it looks.

use crate::Name;
use crate::semantics::ClassPath;
use crate::source::FileId;
use crate::view::SourceLine;
use crate::view::safe::safe;

/// What a piece of text is. A theme decides what that looks like.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Running text.
    Plain,
    /// What may be overlooked: places, counts, rules.
    Faint,
    /// A heading, a title.
    Heading,
    /// A class of the project.
    Class,
    /// A class of an installed distribution.
    ThirdParty,
    /// A class of the standard library or the interpreter.
    Builtin,
    /// A metaclass, where it is named as one.
    Metaclass,
    /// A module.
    Module,
    /// A method: function, class method, static method.
    Method,
    /// A property or another data descriptor.
    DataDescriptor,
    /// A non-data descriptor that is no method.
    NonDataDescriptor,
    /// A plain value.
    Value,
    /// What wins: taken in the merge, found by a lookup.
    Taken,
    /// What loses: rejected in the merge, hidden by another definition.
    Rejected,
    /// The mark of an exact answer.
    Exact,
    /// The mark of an assumed answer.
    Assumed,
    /// The mark of an unknown answer.
    Unknown,
    /// CPython raises; a problem.
    Error,
    /// Something to look at twice.
    Warning,
    /// The letters that matched a search.
    Match,
    /// The selected line.
    Selected,
    /// A key to press.
    Key,
    /// Python source: a keyword.
    Keyword,
    /// Python source: a string.
    String,
    /// Python source: a number.
    Number,
    /// Python source: a comment.
    Comment,
    /// Python source: an operator or a bracket.
    Operator,
    /// Python source: a decorator.
    Decorator,
    /// Python source: the name a statement defines.
    Definition,
    /// The rule between two parts of the screen.
    Rule,
    /// The status line.
    Status,
}

/// Text of one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The text, safe to print: no control characters.
    pub text: String,
    /// What it is.
    pub role: Role,
}

impl Span {
    /// Text of a role, made safe to print.
    pub fn new(text: impl AsRef<str>, role: Role) -> Self {
        Self {
            text: safe(text.as_ref()).into_owned(),
            role,
        }
    }

    /// Running text, made safe to print.
    pub fn plain(text: impl AsRef<str>) -> Self {
        Self::new(text, Role::Plain)
    }

    /// The same in pieces, the characters at these positions set apart.
    pub(crate) fn marked(&self, places: &[usize]) -> Vec<Self> {
        let mut spans: Vec<Self> = vec![];
        for (at, letter) in self.text.chars().enumerate() {
            let role = if places.contains(&at) {
                Role::Match
            } else {
                self.role
            };
            match spans.last_mut() {
                Some(last) if last.role == role => last.text.push(letter),
                _ => spans.push(Self {
                    text: letter.to_string(),
                    role,
                }),
            }
        }
        spans
    }

    /// What may be overlooked, made safe to print.
    pub fn faint(text: impl AsRef<str>) -> Self {
        Self::new(text, Role::Faint)
    }
}

/// One line of a page: a thing that can be selected, opened and copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it says.
    pub body: Body,
    /// Where `enter` goes.
    pub link: Option<Link>,
    /// The attribute of the page's class that it speaks of.
    pub attribute: Option<Name>,
}

impl Line {
    /// Running text.
    pub fn text(spans: Vec<Span>) -> Self {
        Self {
            body: Body::Text(spans),
            link: None,
            attribute: None,
        }
    }

    /// A row of the page's table with this index.
    pub fn row(table: usize, cells: Vec<Vec<Span>>) -> Self {
        Self {
            body: Body::Row { table, cells },
            link: None,
            attribute: None,
        }
    }

    /// A row of this table that says a name, and in front of it a sign, and nothing else.
    pub fn named(table: usize, sign: &'static str, name: &Name, role: Role) -> Self {
        if !matches!(safe(name), std::borrow::Cow::Borrowed(_)) {
            let cells = vec![vec![Span::new(sign, role)], vec![Span::new(name, role)]];
            return Self::row(table, cells).about(name);
        }
        Self {
            body: Body::Named { table, sign, role },
            link: None,
            attribute: Some(name.clone()),
        }
    }

    /// The cells of a row of a table, and which table that is; none for other lines.
    pub fn cells(&self) -> Option<(usize, std::borrow::Cow<'_, [Vec<Span>]>)> {
        match &self.body {
            Body::Row { table, cells } => Some((*table, cells.into())),
            Body::Named { table, sign, role } => {
                let name = self.attribute.as_deref().unwrap_or_default();
                let cells = [*sign, name].map(|text| {
                    vec![Span {
                        text: text.to_owned(),
                        role: *role,
                    }]
                });
                Some((*table, cells.to_vec().into()))
            }
            Body::Text(_) | Body::Source(_) => None,
        }
    }

    /// The row over a table that names its columns.
    pub fn head(table: usize, names: &[&str]) -> Self {
        Self::row(
            table,
            names.iter().map(|name| vec![Span::faint(name)]).collect(),
        )
    }

    /// A line with nothing on it.
    pub fn blank() -> Self {
        Self::text(vec![])
    }

    /// The same line, leading somewhere.
    #[must_use]
    pub fn to(mut self, link: Option<Link>) -> Self {
        self.link = link;
        self
    }

    /// The same line, speaking of an attribute.
    #[must_use]
    pub fn about(mut self, attribute: &Name) -> Self {
        self.attribute = Some(attribute.clone());
        self
    }

    /// What it says, its cells two spaces apart: for searching and copying.
    pub fn plain(&self) -> String {
        let text = |spans: &[Span]| -> String { spans.iter().map(|span| &*span.text).collect() };
        match &self.body {
            Body::Text(spans) => text(spans),
            Body::Source(line) => line.plain(),
            Body::Row { cells, .. } => {
                let cells: Vec<String> = cells.iter().map(|cell| text(cell)).collect();
                cells.join("  ")
            }
            Body::Named { sign, .. } => {
                format!("{sign}  {}", self.attribute.as_deref().unwrap_or_default())
            }
        }
    }
}

/// What a line says: running text, or a row whose cells line up with the other rows of its table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Text from left to right.
    Text(Vec<Span>),
    /// A line of source with its number.
    Source(SourceLine),
    /// A row of one of the page's tables. Whoever paints it knows the width, and so the widths of the columns.
    Row {
        /// Index into [`Page::tables`].
        table: usize,
        /// One cell a column, each a run of spans; an empty cell is an empty run.
        cells: Vec<Vec<Span>>,
    },
    /// A row of one of the page's tables with no more than a sign and the attribute that the line speaks of, which is safe to print: one of many
    /// thousand, and far from where one looks.
    Named {
        /// Index into [`Page::tables`].
        table: usize,
        /// What stands in its first column.
        sign: &'static str,
        /// What both are.
        role: Role,
    },
}

/// A table of a page: its columns from left to right.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// Where there may be more columns than fit, which of them are seen.
    pub moves: Option<Moves>,
}

/// A table that is seen a part at a time: some columns stay, of the others there are as many as fit, the selected one among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moves {
    /// How many columns stay.
    pub stay: usize,
    /// Which of the others is selected, counted from 0.
    pub at: usize,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// On which side its cells are filled up.
    pub align: Align,
    /// Which column goes first when it gets narrow: the highest. 0 never goes; its texts lose their middle instead.
    pub gives_way: u8,
    /// Whether it goes rather than lose a letter.
    pub is_whole: bool,
}

impl Column {
    /// Text that gives way in this order; 0 never.
    pub const fn left(gives_way: u8) -> Self {
        Self {
            align: Align::Left,
            gives_way,
            is_whole: false,
        }
    }

    /// A name that is there whole or not at all, and gives way in this order; 0 never.
    pub const fn whole(gives_way: u8) -> Self {
        Self {
            align: Align::Left,
            gives_way,
            is_whole: gives_way > 0,
        }
    }

    /// A number that gives way in this order; 0 never.
    pub const fn right(gives_way: u8) -> Self {
        Self {
            align: Align::Right,
            gives_way,
            is_whole: true,
        }
    }
}

/// On which side a cell keeps to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Text.
    Left,
    /// Numbers.
    Right,
}

/// Where a line leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// A class, on the page one is on.
    Class(ClassPath),
    /// A line of source.
    Source {
        /// The file.
        file: FileId,
        /// The line, from 1.
        line: u32,
    },
    /// Another page of the same class.
    Page(PageKind),
    /// The lookup page of an attribute of the same class.
    Attribute(Name),
    /// The super page of a method of the same class.
    Chain(Name),
    /// A registry of the atlas, by its name.
    Registry(String),
    /// One of the lists behind the home's lines.
    List(HomeList),
    /// A place where one was, by its number.
    Visit(usize),
    /// A place that the reader has marked, by its number.
    Mark(usize),
    /// A module; one of its values, where that is looked into: `LANGUAGES[3]`.
    Module(Name, Option<Name>),
    /// What is done in a lesson, or in its like.
    Lesson(LessonLink),
    /// One of the edits that mend the class: the statement that it changes.
    Mend {
        /// Which mend, counted from 0.
        number: usize,
        /// The file.
        file: FileId,
        /// The line of the statement, from 1.
        line: u32,
    },
}

/// What a line of a lesson does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LessonLink {
    /// Begins the lesson of this number.
    Begin(usize),
    /// Gives this answer, counted from 0.
    Pick(usize),
    /// Goes on to the next question.
    Next,
    /// Goes to all lessons.
    All,
    /// Goes to the page that shows what was asked.
    See,
}

/// The lists behind the home's lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HomeList {
    /// Classes from which others derive.
    Derived,
    /// Classes with a long MRO.
    Longest,
    /// Names that the order of an MRO decides.
    Ordered,
    /// Metaclasses.
    Metaclasses,
    /// Classes that a call makes.
    Called,
    /// Places where one was.
    Lately,
    /// Places that the reader has marked.
    Marked,
}

impl HomeList {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Derived,
        Self::Longest,
        Self::Ordered,
        Self::Metaclasses,
        Self::Called,
        Self::Lately,
        Self::Marked,
    ];

    /// Its title, and what it lists.
    pub fn says(self) -> (&'static str, &'static str) {
        match self {
            Self::Derived => (
                "Most derived from",
                "classes written in Python, and how many classes of the project derive from them",
            ),
            Self::Longest => ("Longest MRO", "classes by how many stand in their MRO"),
            Self::Ordered => (
                "Decided by the order",
                "names that would come from another class if the bases were read depth first, from the left",
            ),
            Self::Metaclasses => (
                "Made by a metaclass",
                "metaclasses other than `type`, and how many classes of the project they make",
            ),
            Self::Called => (
                "Made by a call",
                "classes that no class statement makes, but a call such as `type(name, bases, namespace)`",
            ),
            Self::Lately => ("Lately", "pages that were read, the last one first"),
            Self::Marked => (
                "Marked",
                "pages that you have marked, in the order in which you did",
            ),
        }
    }
}

/// The pages.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum PageKind {
    /// The MRO, numbered, with what each ancestor contributes.
    Linearization,
    /// Every name, the class that provides it, the definitions it hides.
    Members,
    /// What Python does to get at an attribute.
    Lookup,
    /// The classes of the MRO, or all below, by the names they define.
    Matrix,
    /// Which class gives a name to each class below the one that first gives it.
    Across,
    /// Two classes side by side.
    Beside,
    /// How a call of a method runs through its definitions by `super()`.
    Super,
    /// Each descriptor, which accesses it answers, and what they look like they cost.
    Descriptors,
    /// What the attributes of the class held in an interpreter that was run for it.
    Live,
    /// What a class would be if its statement asked for other bases.
    WhatIf,
    /// What the class statement runs, and what calling the class does.
    Creation,
    /// Which metaclass or hook makes how many calls when the project is imported.
    Costs,
    /// Which operators a class has, and whom one that was typed asks.
    Operators,
    /// Why one class stands before another in the MRO.
    Before,
    /// C3 step by step.
    Merge,
    /// The merge for the back row, a slide at a time.
    Present,
    /// The lessons, or one of them.
    Lesson,
    /// The source, highlighted.
    Source,
    /// All subclasses, and whether the base registers them.
    Plugins,
    /// What a module holds: classes, functions, names, registries, imports; or what one of its values does.
    Module,
    /// Every registry of the project, and what is registered in one.
    Atlas,
    /// What is in the project, and where to look.
    Home,
    /// Files that could not be used whole, and class statements that raise.
    Problems,
    /// How much of the project is known, and what keeps the rest from being known.
    Coverage,
    /// What differs from another state of the project.
    Difference,
    /// The keys.
    Help,
}

/// When a page has a tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HasTab {
    /// On every page.
    Always,
    /// Where an attribute was chosen.
    WithAnAttribute,
    /// While it is open.
    WhileOpen,
    /// It lies over the others.
    Never,
}

impl PageKind {
    /// All pages, in the order of their tabs: those about a class, then those about the project and the program.
    pub const ALL: [Self; 26] = [
        Self::Linearization,
        Self::Members,
        Self::Matrix,
        Self::Across,
        Self::Beside,
        Self::Super,
        Self::Descriptors,
        Self::Live,
        Self::Lookup,
        Self::WhatIf,
        Self::Creation,
        Self::Costs,
        Self::Operators,
        Self::Before,
        Self::Merge,
        Self::Present,
        Self::Source,
        Self::Plugins,
        Self::Module,
        Self::Atlas,
        Self::Home,
        Self::Lesson,
        Self::Problems,
        Self::Coverage,
        Self::Difference,
        Self::Help,
    ];

    /// Its name, as it stands on a tab.
    pub fn name(self) -> &'static str {
        match self {
            Self::Linearization => "mro",
            Self::Members => "members",
            Self::Matrix => "matrix",
            Self::Across => "across",
            Self::Beside => "beside",
            Self::Super => "super",
            Self::Descriptors => "descriptors",
            Self::Live => "live",
            Self::Lookup => "lookup",
            Self::WhatIf => "what if",
            Self::Creation => "creation",
            Self::Costs => "costs",
            Self::Operators => "operators",
            Self::Before => "why before",
            Self::Merge => "merge",
            Self::Present => "presenter",
            Self::Lesson => "lessons",
            Self::Source => "source",
            Self::Plugins => "plugins",
            Self::Module => "module",
            Self::Atlas => "atlas",
            Self::Home => "home",
            Self::Problems => "problems",
            Self::Coverage => "coverage",
            Self::Difference => "difference",
            Self::Help => "help",
        }
    }

    /// When it has a tab.
    pub fn tab(self) -> HasTab {
        match self {
            // It is about an attribute: before one was chosen it has nothing to say.
            Self::Lookup => HasTab::WithAnAttribute,
            // One goes there from the members; there is no room for their names on every page.
            Self::Live
            | Self::Across
            | Self::Beside
            | Self::Matrix
            | Self::Descriptors
            | Self::Super
            | Self::WhatIf
            | Self::Creation
            | Self::Costs
            | Self::Operators
            | Self::Before
            | Self::Module
            | Self::Atlas
            | Self::Home
            | Self::Lesson
            | Self::Present
            | Self::Difference => HasTab::WhileOpen,
            Self::Help => HasTab::Never,
            _ => HasTab::Always,
        }
    }

    /// The page of another class that one comes to from this one: what is about two classes, or a name, is left.
    #[must_use]
    pub fn of_another_class(self) -> Self {
        match self {
            Self::Before | Self::Across | Self::Beside => Self::Linearization,
            page if page.is_about_a_class() => page,
            _ => Self::Linearization,
        }
    }

    /// Whether it says something about one class, rather than about the project or the program.
    pub fn is_about_a_class(self) -> bool {
        !matches!(
            self,
            Self::Problems
                | Self::Atlas
                | Self::Home
                | Self::Lesson
                | Self::Module
                | Self::Coverage
                | Self::Costs
                | Self::Difference
                | Self::Help
        )
    }
}

/// What the program says about one question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// Names what the page is about: `UpdateView`.
    pub title: Vec<Span>,
    /// The standing of the answer in a word with its mark, shown at the right of the title: `● exact`.
    pub standing: Vec<Span>,
    /// The answer in its first lines, how it came about below.
    pub lines: Vec<Line>,
    /// The tables its rows belong to.
    pub tables: Vec<Table>,
}

impl Page {
    /// Adds a table and returns its index.
    pub fn table(&mut self, columns: Vec<Column>) -> usize {
        let moves = None;
        self.tables.push(Table { columns, moves });
        self.tables.len() - 1
    }

    /// Has a table seen a part at a time: its first columns stay, and of the others this one is seen.
    pub fn moves(&mut self, table: usize, stay: usize, at: usize) {
        if let Some(table) = self.tables.get_mut(table) {
            table.moves = Some(Moves { stay, at });
        }
    }

    /// Adds a line.
    pub fn push(&mut self, line: Line) {
        self.lines.push(line);
    }

    /// Adds a heading below an empty line, or at the top where there is nothing yet.
    pub fn heading(&mut self, text: &str) {
        if !self.lines.is_empty() {
            self.push(Line::blank());
        }
        self.push(Line::text(vec![Span::new(text, Role::Heading)]));
    }
}
