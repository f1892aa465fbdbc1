//! The words and marks all pages share: how a class, a place, a kind of member and a standing are said.

use rustc_hash::FxHashMap;

use crate::analysis::{Analysis, ClassRef, ModuleOrigin, Sureness};
use crate::semantics::{DescriptorKind, Member, MemberKind, MemberOrigin, Origin};
use crate::source::Place;
use crate::view::bounded::{LONGEST, one_line};
use crate::view::{Link, Page, Role, Span};

/// The role of a class's name: where it comes from.
pub fn class_role(class: ClassRef<'_>) -> Role {
    match class.home() {
        ModuleOrigin::Project => Role::Class,
        ModuleOrigin::ThirdParty => Role::ThirdParty,
        ModuleOrigin::StandardLibrary => Role::Builtin,
    }
}

/// A class's qualified name, in the role of where it comes from.
pub(crate) fn class_span(class: ClassRef<'_>) -> Span {
    Span::new(&class.path().qualname, class_role(class))
}

/// Whether a member is one that `type` adds to each class, so that it says nothing about this one. `__hash__ = None`
/// does: the class defines `__eq__`.
pub(crate) fn every_class_has(name: &str, member: &Member) -> bool {
    match member.origin {
        MemberOrigin::Implicit => name != "__hash__",
        MemberOrigin::Native | MemberOrigin::Body => {
            matches!(
                name,
                "__doc__" | "__module__" | "__qualname__" | "__dict__" | "__weakref__"
            )
        }
        MemberOrigin::Slot | MemberOrigin::Created | MemberOrigin::Late => false,
    }
}

/// A page about a class: its name as title, and how sure the answer is.
pub(crate) fn about(class: ClassRef<'_>) -> Page {
    Page {
        title: vec![
            Span::new(&class.path().qualname, class_role(class)),
            Span::faint(format!("  {}", class.path().module)),
        ],
        standing: match class.not_reached() {
            Some(_) => vec![Span::new("◇ not reached", Role::Warning)],
            None => standing(class.sureness()),
        },
        ..Page::default()
    }
}

/// How sure an answer is, in a mark and a word: `● exact`, `◐ assumed 2`.
pub fn standing(sureness: Sureness) -> Vec<Span> {
    let (text, role) = match sureness {
        Sureness::Exact => ("● exact".to_owned(), Role::Exact),
        Sureness::Assumed(count) => (format!("◐ assumed {count}"), Role::Assumed),
        Sureness::Unknown(count) => (format!("○ unknown {count}"), Role::Unknown),
        Sureness::Raises => ("✗ raises".to_owned(), Role::Error),
    };
    vec![Span::new(text, role)]
}

/// Where a class leads: to itself, on the page one is on.
#[expect(
    clippy::unnecessary_wraps,
    reason = "lines take a link or none, and most callers fall back on this one"
)]
pub(crate) fn class_link(class: ClassRef<'_>) -> Option<Link> {
    Some(Link::Class(class.path().clone()))
}

/// Where a place leads: to its line of source.
pub(crate) fn place_link(analysis: &Analysis, place: Option<Place>) -> Option<Link> {
    place.map(|place| Link::Source {
        file: place.file,
        line: analysis.file(place.file).line(place.start),
    })
}

/// The place in the file's name and line, `edit.py:209`: the module beside it says the rest.
pub(crate) fn short_place(analysis: &Analysis, place: Place) -> String {
    let file = analysis.file(place.file);
    let name = file.shown.rsplit(['/', '\\']).next();
    format!("{}:{}", name.unwrap_or_default(), file.line(place.start))
}

/// Where a class is made: `edit.py:209`, or that the interpreter brings it.
pub(crate) fn made_at(class: ClassRef<'_>) -> Span {
    Span::faint(match class.place() {
        Some(place) => short_place(class.analysis(), place),
        None if class.home() == ModuleOrigin::ThirdParty => "compiled".to_owned(),
        None => "interpreter".to_owned(),
    })
}

/// The place of a class whole, `shop/models.py:12`, or that the interpreter brings it.
pub(crate) fn made_at_whole(class: ClassRef<'_>) -> Span {
    match class.place() {
        Some(place) => Span::faint(class.analysis().say_place(place)),
        None => made_at(class),
    }
}

/// The class statement as it is written, on one line: `class UpdateView(Mixin, BaseUpdateView)`.
pub(crate) fn statement(class: ClassRef<'_>) -> String {
    match class.origin() {
        Origin::Statement { arguments, .. } => {
            let written = arguments.map_or_else(String::new, |place| {
                let text = class.analysis().text_of(place);
                if text.contains('#') {
                    return format!("({})", one_line(&without_comments(class), LONGEST));
                }
                format!("({})", one_line(class.analysis().text_of(place), LONGEST))
            });
            format!("class {}{written}", class.name())
        }
        Origin::Call(place) => one_line(class.analysis().text_of(*place), LONGEST),
        Origin::Interpreter => {
            let bases: Vec<&str> = class.bases().into_iter().map(ClassRef::name).collect();
            format!("class {}({})", class.name(), bases.join(", "))
        }
    }
}

/// The arguments of a class statement that has comments between them.
fn without_comments(class: ClassRef<'_>) -> String {
    let Some(statement) = class.statement() else {
        return String::new();
    };
    let keywords = statement.keywords.iter().map(|(_, whole, _)| *whole);
    let pieces = statement.bases.iter().copied().chain(keywords);
    let texts: Vec<&str> = pieces.map(|piece| class.written(piece)).collect();
    texts.join(", ")
}

/// The letter of a member's kind, and its role.
pub fn kind_letter(member: &Member) -> (&'static str, Role) {
    letter_of(member.kind, member.descriptor)
}

/// The letter of a kind of object, and its role.
pub(crate) fn letter_of(kind: MemberKind, descriptor: DescriptorKind) -> (&'static str, Role) {
    match kind {
        MemberKind::Function
        | MemberKind::Generator
        | MemberKind::AsyncFunction
        | MemberKind::AsyncGenerator
        | MemberKind::BuiltinMethod => ("m", Role::Method),
        MemberKind::Classmethod => ("c", Role::Method),
        MemberKind::Staticmethod => ("s", Role::Method),
        MemberKind::Property => ("p", Role::DataDescriptor),
        MemberKind::Slot => ("S", Role::DataDescriptor),
        MemberKind::Getset | MemberKind::DataDescriptor => ("d", Role::DataDescriptor),
        MemberKind::Descriptor | MemberKind::CachedProperty => ("n", Role::NonDataDescriptor),
        MemberKind::Class => ("k", Role::Class),
        MemberKind::Value => match descriptor {
            DescriptorKind::Data => ("d", Role::DataDescriptor),
            DescriptorKind::NonData => ("n", Role::NonDataDescriptor),
            DescriptorKind::None | DescriptorKind::Unknown => ("v", Role::Value),
        },
        MemberKind::Unknown => ("—", Role::Unknown),
    }
}

/// Short names of some classes, told apart where two are the same.
pub(crate) struct Names {
    count: FxHashMap<String, usize>,
}

impl Names {
    /// Prepares to name these classes beside one another.
    pub(crate) fn of<'a>(classes: impl IntoIterator<Item = ClassRef<'a>>) -> Self {
        let mut count = FxHashMap::default();
        let mut seen = rustc_hash::FxHashSet::default();
        for class in classes {
            if seen.insert(class.id()) {
                *count.entry(class.path().qualname.to_string()).or_default() += 1;
            }
        }
        Self { count }
    }

    /// Whether no two of these classes have the same name.
    pub(crate) fn are_unlike(&self) -> bool {
        self.count.values().all(|&count| count == 1)
    }

    /// The class's qualified name; with its module where another of these classes has the same.
    pub(crate) fn text(&self, class: ClassRef<'_>) -> String {
        let path = class.path();
        match self.count.get(path.qualname.as_str()) {
            Some(count) if *count > 1 => path.to_string(),
            _ => path.qualname.to_string(),
        }
    }

    /// The same, in the role of where the class comes from.
    pub(crate) fn span(&self, class: ClassRef<'_>) -> Span {
        Span::new(self.text(class), class_role(class))
    }
}

/// `12408` → `12,408`.
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1 name`, `2 names`: a count with its noun.
pub fn count(number: usize, one: &str, many: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{} {many}", thousands(number)),
    }
}

#[cfg(test)]
mod tests {
    use super::thousands;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(thousands(7), "7");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(12_408), "12,408");
        assert_eq!(thousands(1_030_000), "1,030,000");
    }
}
