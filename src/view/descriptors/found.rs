//! One descriptor: what it is, what it answers and runs, where it keeps its values.

use crate::Name;
use crate::analysis::{ClassRef, Definition};
use crate::semantics::{
    DescriptorKind, Doing, HeldBy, HeldByOne, MemberKind, is_identifier, mangle, property_refuses,
    read_only,
};
use crate::source::{Place, PythonVersion};
use crate::syntax::{Cost, EffectKind, Holder, Kept};
use crate::view::descriptors::assigned::{self, By};
use crate::view::descriptors::below::{self, Context, Further};
use crate::view::descriptors::protocol::{Method, Protocol};
use crate::view::descriptors::resolved::{self, Spot};
use crate::view::descriptors::{Costs, costs, told};
use crate::view::words::{self, kind_letter, place_link};
use crate::view::{Column, Line, Page, Role, Span};

/// A descriptor and its protocol.
pub(super) struct Found<'a> {
    pub(super) name: &'a Name,
    pub(super) definition: Definition<'a>,
    pub(super) protocol: Protocol<'a>,
    /// What the descriptors of the class hold, once that was asked.
    held: Option<&'a HeldBy>,
    /// Other descriptors that keep their values in the same place.
    shares: Vec<&'a str>,
    /// What a read comes to further down.
    pub(super) below: Further<'a>,
}

/// Notes for each descriptor what a read comes to, and which others keep their values in the same place of the object.
pub(super) fn settle<'a>(found: &mut [Found<'a>], class: ClassRef<'a>, costs: &Costs) {
    let keys: Vec<Option<String>> = found.iter().map(|it| it.key(costs)).collect();
    let names: Vec<&str> = found.iter().map(|it| it.name.as_str()).collect();
    for (at, one) in found.iter_mut().enumerate() {
        let same = |other: &usize| *other != at && keys[at].is_some() && keys[*other] == keys[at];
        one.shares = (0..names.len()).filter(same).map(|it| names[it]).collect();
        one.below = one.read_below(class, costs);
    }
}

impl<'a> Found<'a> {
    pub(super) fn of(
        (name, definition): (&'a Name, Definition<'a>),
        held: Option<&'a HeldBy>,
    ) -> Self {
        Self {
            name,
            definition,
            protocol: Protocol::of(name, definition),
            held,
            shares: vec![],
            below: Further::default(),
        }
    }

    /// What this one holds. What stands on another class under its name may be another object.
    fn held(&self) -> Option<&'a HeldByOne> {
        self.held?.get(self.name)
    }

    fn spot(&self, kept: &Kept) -> Spot {
        resolved::spot(kept, self.held())
    }

    /// What the parameters of its functions stand for: those of its class, and that of the function it decorates.
    fn contexts(&self, class: ClassRef<'a>) -> (Context<'a>, Context<'a>) {
        let around = Context {
            instance: class,
            descriptor: None,
            is_descriptor: false,
            name: self.name,
        };
        let of = self.definition.member.type_of;
        let of = of.map(|of| class.analysis().class(of));
        let own = Context {
            descriptor: of.filter(|it| !it.is_interpreters()),
            ..around
        };
        (own, around)
    }

    /// The functions that accesses run, with what their parameters stand for.
    pub(super) fn bodies(&self, class: ClassRef<'a>) -> Vec<(Place, Context<'a>)> {
        let (own, around) = self.contexts(class);
        let methods = [
            (&self.protocol.get, own),
            (&self.protocol.set, own),
            (&self.protocol.delete, own),
            (&self.protocol.around, around),
        ];
        let places = methods.into_iter();
        places
            .filter_map(|(method, on)| Some((method.as_ref()?.place?, on)))
            .collect()
    }

    fn read_below(&self, class: ClassRef<'a>, costs: &Costs) -> Further<'a> {
        let (own, around) = self.contexts(class);
        let get = costs.get(self.protocol.get.as_ref()).map(|it| (it, own));
        let of = self.around(costs).map(|it| (it, around));
        let bodies: Vec<_> = get.into_iter().chain(of).collect();
        below::below(&bodies, costs)
    }

    /// What one of its methods comes to further down.
    fn method_below(
        &self,
        class: ClassRef<'a>,
        method: Option<&Method<'a>>,
        costs: &Costs,
    ) -> Further<'a> {
        let cost = costs.get(method);
        cost.map_or_else(Further::default, |cost| {
            below::below(&[(cost, self.contexts(class).0)], costs)
        })
    }

    /// Whose locks its accesses take, each once: `self.lock`, and whose that is.
    fn locks(&self, class: ClassRef<'a>, costs: &Costs) -> Vec<(String, String)> {
        let direct = self.bodies(class);
        let further = self.below.all.iter().map(|(_, it)| (it.place, it.on));
        let mut locks: Vec<(String, String)> = vec![];
        for (place, on) in direct.into_iter().chain(further) {
            let effects = costs.at(place).into_iter().flat_map(|it| &it.effects);
            for effect in effects.filter(|it| it.kind == EffectKind::Lock) {
                let Some(owner) = resolved::owner(effect, on, self.held) else {
                    continue;
                };
                let text = effect.text.strip_prefix("with ").unwrap_or(&effect.text);
                let of = if on.name == self.name.as_str() {
                    text.to_owned()
                } else {
                    format!("{text} in {}", on.name)
                };
                let lock = (of, owner);
                if !locks.contains(&lock) {
                    locks.push(lock);
                }
            }
        }
        locks
    }

    /// The name of the object under which its values are kept, where there is one and it is known.
    fn key(&self, costs: &Costs) -> Option<String> {
        if self.kind() != DescriptorKind::Data || self.is_made_in_c() {
            return None;
        }
        let (get, set) = self.get_and_set(costs);
        let kept = costs::kept(set, get);
        self.spot(kept.first()?).key
    }

    /// What the function that it decorates costs, where `__get__` calls what the descriptor was given.
    pub(super) fn around<'c>(&self, costs: &'c Costs) -> Option<&'c Cost> {
        let around = costs.get(self.protocol.around.as_ref())?;
        let get = costs.get(self.protocol.get.as_ref())?;
        (!get.calls_own.is_empty()).then_some(around)
    }

    fn kind(&self) -> DescriptorKind {
        self.definition.member.descriptor
    }

    /// Slots and their like, which have all of the protocol, in C.
    fn is_made_in_c(&self) -> bool {
        let kind = self.definition.member.kind;
        matches!(kind, MemberKind::Slot | MemberKind::Getset)
    }

    /// What it is, in a word or two.
    pub(super) fn is(&self) -> String {
        let of = self.definition.member.type_of;
        let of = of.map(|of| self.definition.class.analysis().class(of).name().to_owned());
        match self.definition.member.kind {
            MemberKind::Property => "property".to_owned(),
            MemberKind::CachedProperty => "cached_property".to_owned(),
            MemberKind::Slot => "slot".to_owned(),
            MemberKind::Getset => "made in C".to_owned(),
            _ => of.unwrap_or_else(|| "—".to_owned()),
        }
    }

    /// Why there is no cost of reading it.
    pub(super) fn unread(&self) -> &'static str {
        match (self.definition.member.kind, &self.protocol.get) {
            (MemberKind::Slot, _) => "a field of the object",
            (MemberKind::Getset, _) => "made in C",
            (_, None) if self.protocol.is_whole => "no __get__",
            (_, _) => "no source",
        }
    }

    /// What its getter and its setter cost.
    fn get_and_set<'c>(&self, costs: &'c Costs) -> (Option<&'c Cost>, Option<&'c Cost>) {
        let (get, set) = (self.protocol.get.as_ref(), self.protocol.set.as_ref());
        (costs.get(get), costs.get(set))
    }

    /// Where its values are kept; nothing where no accessor is seen to keep any.
    fn kept(&self, costs: &Costs) -> Vec<String> {
        match self.definition.member.kind {
            MemberKind::Slot => vec![format!("the slot of {}", self.definition.class.name())],
            MemberKind::CachedProperty => vec![format!("obj.__dict__[{:?}]", self.name.as_str())],
            _ => {
                let (get, set) = self.get_and_set(costs);
                let mut kept = costs::kept(set, get);
                if kept.is_empty() {
                    kept.extend(self.own_value(get));
                }
                costs::listed(&kept, |it| self.spot(it).text, |_| None)
            }
        }
    }

    /// What a getter answers with that is an attribute of the descriptor, where nothing on the instance has a part in it.
    fn own_value<'c>(&self, get: Option<&'c Cost>) -> Option<&'c Kept> {
        let is_own = self.definition.member.kind != MemberKind::Property;
        let kept = &get.filter(|_| is_own)?.kept;
        let has_instances = kept.iter().any(|it| it.holder == Holder::Instance);
        let mut own = kept.iter().filter(|it| {
            it.holder == Holder::Descriptor && it.is_returned && !it.text.contains('[')
        });
        own.next().filter(|_| !has_instances)
    }

    /// What its getter makes the answer of, where that is not what its accessors keep; the function that it decorates, where it calls that.
    fn sources<'c>(&self, costs: &'c Costs) -> Vec<&'c Kept> {
        let (Some(get), set) = self.get_and_set(costs) else {
            return vec![];
        };
        if self.definition.member.kind == MemberKind::Slot {
            return vec![];
        }
        if let Some(around) = self.around(costs) {
            return costs::sources(around);
        }
        let sources = costs::sources(get);
        if self.definition.member.kind == MemberKind::CachedProperty {
            return sources;
        }
        let kept = costs::kept(set, Some(get));
        let same = |source: &Kept, kept: &Kept| {
            let (source_at, kept_at) = (self.spot(source), self.spot(kept));
            source.text.starts_with(&kept.text)
                || source_at.key.is_some() && source_at.key == kept_at.key
        };
        let is_kept = |source: &&Kept| kept.iter().any(|it| same(source, it));
        if sources.iter().any(is_kept) {
            return vec![];
        }
        sources
    }

    /// Where its values are kept, or what a read makes them of, in a word.
    pub(super) fn kept_glance(&self, costs: &Costs) -> Option<String> {
        match self.definition.member.kind {
            MemberKind::Slot => return Some("its slot".to_owned()),
            MemberKind::CachedProperty => {
                return Some(self.name.to_string());
            }
            _ => {}
        }
        let (get, set) = self.get_and_set(costs);
        let kept = costs::kept(set, get);
        let kept = kept.first().copied().or_else(|| self.own_value(get));
        if let Some(kept) = kept {
            let said = costs::glance_at(kept, &self.spot(kept));
            return Some(match self.shares.first() {
                Some(other) => format!("{said}, as {other}"),
                None => said,
            });
        }
        let sources = self.sources(costs);
        let first = sources.first()?;
        let source = costs::glance_at(first, &self.spot(first));
        Some(match sources.len() - 1 {
            0 => format!("reads {source}"),
            more => format!("reads {source}, {more} more"),
        })
    }

    /// Who sets the attribute that a place is: `self._price` in methods along the MRO.
    fn set_by(&self, class: ClassRef<'_>, place: &Kept) -> Option<String> {
        let attribute = place.text.split_once('.')?.1;
        if place.holder != Holder::Instance || !is_identifier(attribute) {
            return None;
        }
        let attribute = mangle(self.definition.class.name(), attribute);
        let mut by = vec![];
        for ancestor in class.known_ancestry() {
            let assigned = ancestor.assigned().iter();
            let here = assigned.filter(|it| it.name == attribute && !it.is_pattern);
            by.extend(here.map(|it| format!("{}.{}", ancestor.name(), it.method)));
        }
        let first = by.first()?;
        Some(match by.len() - 1 {
            0 => format!("set in {first}"),
            1 => format!("set in {first} and another method"),
            more => format!("set in {first} and {more} other methods"),
        })
    }

    /// Everything about it, under a heading.
    pub(super) fn detail(
        &self,
        page: &mut Page,
        class: ClassRef<'a>,
        costs: &Costs,
        assigned: &[By<'_>],
    ) {
        let analysis = class.analysis();
        let (letter, role) = kind_letter(self.definition.member);
        page.push(Line::blank());
        page.push(
            Line::text(vec![
                Span::new(format!("{letter} "), role),
                Span::new(self.name, Role::Heading),
                Span::plain(format!("  {}", self.kind_words())),
            ])
            .to(place_link(analysis, self.definition.place()))
            .about(self.name),
        );
        let table = page.table(vec![Column::left(0), Column::left(0), Column::left(1)]);
        let mut row = |label: &str, said: Vec<Span>, place: Option<Place>| {
            page.push(told(analysis, table, label, said, place).about(self.name));
        };
        let plain = |text: String| vec![Span::plain(text)];
        let given = format!("{}, {}", self.definition.class.name(), self.made_of());
        row("given by", plain(given), self.definition.place());
        if let Some(has) = self.has() {
            row("has", has, None);
        }
        row("shadows", plain(self.shadows(class)), None);
        for by in assigned {
            row("", self.met(class, *by), Some(by.1.place));
        }
        let get = self.protocol.get.as_ref();
        row(
            "read",
            self.runs(class, get, costs, "read"),
            get.and_then(|it| it.place),
        );
        if let (Some(cost), Some(around)) = (self.around(costs), &self.protocol.around) {
            row("", costs::run(&around.said, Some(cost)), around.place);
        }
        self.below.rows(&mut row, costs);
        for (index, (lock, owner)) in self.locks(class, costs).iter().enumerate() {
            let said = vec![
                Span::new(lock.clone(), Role::Warning),
                Span::plain(format!("  {owner}")),
            ];
            row(if index == 0 { "locks" } else { "" }, said, None);
        }
        let has_dict = class.made().is_none_or(|made| made.shape.dict);
        let is_kept_in_dict = self.definition.member.kind == MemberKind::CachedProperty;
        if let Some(cached) = self.cached(class, costs) {
            let said = if is_kept_in_dict && !has_dict {
                "nowhere: a read raises TypeError, since instances have no __dict__".to_owned()
            } else {
                cached
            };
            row("cached", plain(said), None);
        }
        let kept = self.kept(costs);
        if !kept.is_empty() && (has_dict || !is_kept_in_dict) {
            row("kept in", plain(kept.join(", ")), None);
        }
        if !self.shares.is_empty() {
            let said = resolved::shared(&self.shares);
            row("", vec![Span::new(said, Role::Warning)], None);
        }
        let sources = self.sources(costs);
        if !sources.is_empty() {
            let said = costs::listed(
                &sources,
                |it| self.spot(it).text,
                |place| self.set_by(class, place),
            );
            row("reads", plain(said.join(", ")), None);
        }
        if self.kind() == DescriptorKind::Data {
            let set = self.protocol.set.as_ref();
            row(
                "write",
                self.runs(class, set, costs, "write"),
                set.and_then(|it| it.place),
            );
            self.method_below(class, set, costs).rows(&mut row, costs);
            let delete = self.protocol.delete.as_ref();
            row(
                "delete",
                self.runs(class, delete, costs, "delete"),
                delete.and_then(|it| it.place),
            );
            self.method_below(class, delete, costs)
                .rows(&mut row, costs);
        } else {
            let said = if has_dict {
                let name = self.name.as_str();
                format!("goes to obj.__dict__[{name:?}], and hides it there")
            } else {
                let words = read_only(class.name(), self.name);
                format!("raises AttributeError: {words}")
            };
            row("write", plain(said), None);
        }
    }

    fn kind_words(&self) -> &'static str {
        match self.kind() {
            DescriptorKind::Data => "data descriptor",
            DescriptorKind::NonData => "non-data descriptor",
            DescriptorKind::None | DescriptorKind::Unknown => "not known",
        }
    }

    /// The class it is an instance of.
    fn made_of(&self) -> String {
        let of = self.definition.member.type_of;
        match (self.definition.member.kind, of) {
            (MemberKind::Slot, _) => "made by its __slots__".to_owned(),
            (MemberKind::Getset, _) => "made in C".to_owned(),
            (MemberKind::Property, of) => {
                let of = of.map(|of| self.definition.class.analysis().class(of));
                match of.filter(|of| !of.is_interpreters()) {
                    Some(of) => format!("a property of class {}", of.path()),
                    None => "a property".to_owned(),
                }
            }
            (_, Some(of)) => format!(
                "of class {}",
                self.definition.class.analysis().class(of).path()
            ),
            (_, None) => "of a class that is not known".to_owned(),
        }
    }

    /// The methods of the protocol, each with the class of the descriptor's MRO that has it.
    fn has(&self) -> Option<Vec<Span>> {
        let mut spans = vec![];
        for (name, method) in self.protocol.methods() {
            let Some(on) = method.on else { continue };
            if !spans.is_empty() {
                spans.push(Span::faint(" · "));
            }
            spans.push(Span::plain(format!("{name} ")));
            spans.push(words::class_span(on));
        }
        (!spans.is_empty()).then_some(spans)
    }

    fn shadows(&self, class: ClassRef<'_>) -> String {
        let name = self.name.as_str();
        if class.made().is_some_and(|made| !made.shape.dict) {
            return "nothing: instances have no __dict__".to_owned();
        }
        match self.kind() {
            // `PyObject_GenericGetAttr` asks a data descriptor first only where its type has `__get__`.
            DescriptorKind::Data
                if self.protocol.get.is_none()
                    && self.protocol.is_whole
                    && !self.is_made_in_c() =>
            {
                "nothing on a read, since it has no __get__".to_owned()
            }
            DescriptorKind::Data => {
                format!("an entry {name:?} in obj.__dict__, which a read never sees")
            }
            _ => format!("nothing: an entry {name:?} in obj.__dict__ is seen first"),
        }
    }

    /// What an assignment of the class's own comes to.
    fn met(&self, class: ClassRef<'_>, (on, by): By<'_>) -> Vec<Span> {
        let method = format!("{}.{}", on.name(), by.method);
        let set = self.protocol.set.as_ref();
        let comes_to = match (self.kind(), self.definition.member.kind, set) {
            _ if by.on_class => assigned::on_class(class, by, self.definition),
            (DescriptorKind::NonData, _, _) => "hides it from then on".to_owned(),
            (DescriptorKind::Data, _, Some(set)) => format!("runs {}", set.said),
            (DescriptorKind::Data, MemberKind::Slot, None) => "fills the slot".to_owned(),
            (DescriptorKind::Data, _, None) => self.refuses(class, "write"),
            _ => "not known".to_owned(),
        };
        vec![
            Span::plain(format!("{} in ", assigned::written(by))),
            Span::new(method, Role::Method),
            Span::plain(format!(": {comes_to}")),
        ]
    }

    /// What an access runs.
    fn runs(
        &self,
        class: ClassRef<'_>,
        method: Option<&Method<'_>>,
        costs: &Costs,
        access: &str,
    ) -> Vec<Span> {
        let Some(method) = method else {
            return vec![Span::faint(self.refuses(class, access))];
        };
        costs::run(&method.said, costs.get(Some(method)))
    }

    /// What an access does where the protocol has no method for it.
    fn refuses(&self, class: ClassRef<'_>, access: &str) -> String {
        match (self.definition.member.kind, access) {
            (MemberKind::Slot, "read") => {
                "takes the value from the slot; an empty one raises AttributeError".into()
            }
            (MemberKind::Slot, "write") => "puts the value into the slot".into(),
            (MemberKind::Slot, _) => "empties the slot".into(),
            (MemberKind::Getset, _) => "made in C".into(),
            (_, _) if !self.protocol.is_whole => "not known".into(),
            (MemberKind::Property, _) => self.property_refuses(class, access),
            (_, "read") => format!(
                "no __get__: obj.__dict__[{:?}], or the descriptor itself",
                self.name.as_str()
            ),
            // Both are answered by one slot of the type (`slot_tp_descr_set`).
            (_, "write") => "raises AttributeError: __set__".into(),
            (_, _) => "raises AttributeError: __delete__".into(),
        }
    }

    /// What a property without that function raises on an instance of this class, in the words of the version.
    fn property_refuses(&self, class: ClassRef<'_>, access: &str) -> String {
        let doing = match access {
            "read" => Doing::Reading,
            "write" => Doing::Writing,
            _ => Doing::Deleting,
        };
        let version = class.analysis().world.version();
        let words = property_refuses(doing, self.name, &class.path().qualname, version);
        format!("raises AttributeError: {words}")
    }

    fn cached(&self, class: ClassRef<'_>, costs: &Costs) -> Option<String> {
        let name = self.name.as_str();
        match self.definition.member.kind {
            MemberKind::CachedProperty => {
                // Removed in 3.12 (bpo-43468).
                let is_locked = class.analysis().world.version() < PythonVersion::three(12);
                let lock = if is_locked {
                    "; the first read of each runs under one lock for all instances"
                } else {
                    ""
                };
                Some(format!(
                    "in obj.__dict__[{name:?}]: from then on the descriptor is not asked{lock}"
                ))
            }
            _ => costs
                .get(self.protocol.get.as_ref())
                .map(|cost| costs::cached(cost, self.kind(), |it| self.spot(it).text)),
        }
    }
}
