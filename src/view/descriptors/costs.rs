//! A cost in words. Calls were judged by how they are written, so nothing here says more than that they look like it.

use crate::semantics::DescriptorKind;
use crate::syntax::{Cached, Cost, Effect, EffectKind, Holder, Kept};
use crate::view::bounded::shortened;
use crate::view::descriptors::Costs;
use crate::view::descriptors::below::Below;
use crate::view::descriptors::resolved::Spot;
use crate::view::words::count;
use crate::view::{Role, Span};

/// How many effects of one body are written out.
const WRITTEN: usize = 12;

/// How many places of one body are written out.
const PLACES: usize = 4;

/// The longest name of a call or a place.
const LONGEST: usize = 60;

/// The least that says it: `lock, waits, 3 calls`.
pub(super) fn glance(
    direct: &[Option<&Cost>],
    below: &[(usize, Below<'_>)],
    known: &Costs,
) -> Vec<Span> {
    let costs = || direct.iter().flatten();
    let further = || below.iter().filter_map(|(_, it)| known.at(it.place));
    let effects = || costs().flat_map(|cost| &cost.effects);
    let of = |kind| effects().filter(|it| it.kind == kind).count();
    let is_below = |kind| further().any(|it| it.effects.iter().any(|it| it.kind == kind));
    let mut parts: Vec<(String, Role)> = vec![];
    let mut parts_below: Vec<(String, Role)> = vec![];
    for (kind, word) in [
        (EffectKind::Lock, "lock"),
        (EffectKind::Waiting, "waits"),
        (EffectKind::Decoding, "decodes"),
        (EffectKind::Await, "awaits"),
        (EffectKind::Yield, "yields"),
    ] {
        if of(kind) > 0 {
            parts.push((word.to_owned(), role(kind)));
        } else if is_below(kind) {
            parts_below.push((word.to_owned(), role(kind)));
        }
    }
    let calls = of(EffectKind::Call) + costs().map(|cost| cost.more).sum::<usize>();
    if calls > 0 {
        parts.push((count(calls, "call", "calls"), Role::Plain));
    }
    if of(EffectKind::Raise) > 0 {
        parts.push(("raises".to_owned(), Role::Plain));
    }
    if !parts_below.is_empty() {
        let mut spans = joined(parts, ", ");
        let before = if spans.is_empty() {
            "below: "
        } else {
            "; below: "
        };
        spans.push(Span::faint(before));
        spans.extend(joined(parts_below, ", "));
        return spans;
    }
    if parts.is_empty() {
        let is_deep = !below.is_empty();
        return vec![Span::faint(if is_deep { "calls below" } else { "no call" })];
    }
    joined(parts, ", ")
}

/// What something runs that an access comes to further down: `self.balance → Locked.__get__ → with self.lock (lock)`.
pub(super) fn below(one: &Below<'_>, depth: usize, known: &Costs) -> Vec<Span> {
    let mut spans = vec![Span::faint(format!("{}{} ", "  ".repeat(depth), one.asked))];
    spans.extend(run(&one.said, known.at(one.place)));
    spans
}

/// What a function runs: `Money.__get__ → with self.lock (lock) → Decimal(…)`.
pub(super) fn run(function: &str, cost: Option<&Cost>) -> Vec<Span> {
    let mut spans = vec![Span::new(function, Role::Method)];
    match cost.map(effects) {
        None => spans.push(Span::faint("  no source to read")),
        Some(effects) if effects.is_empty() => spans.push(Span::faint("  calls nothing")),
        Some(effects) => {
            spans.push(Span::faint(" → "));
            spans.extend(effects);
        }
    }
    spans
}

/// What a body does, in order: `with self.lock (lock) → Decimal(…) → raise ValueError (if value < 0)`.
fn effects(cost: &Cost) -> Vec<Span> {
    let mut seen: Vec<(&str, Option<&str>)> = vec![];
    let mut parts = vec![];
    let mut left_out = cost.more;
    for effect in &cost.effects {
        let key = (effect.text.as_str(), effect.when.as_deref());
        if seen.contains(&key) {
            continue;
        }
        seen.push(key);
        // What is marked is always told; of plain calls only the first ones.
        if parts.len() >= WRITTEN && effect.kind == EffectKind::Call {
            left_out += 1;
        } else {
            parts.push((said(effect), role(effect.kind)));
        }
    }
    if left_out > 0 {
        parts.push((format!("{left_out} more"), Role::Faint));
    }
    joined(parts, " → ")
}

fn said(effect: &Effect) -> String {
    let text = shortened(&effect.text, LONGEST);
    let word = match effect.kind {
        EffectKind::Lock => " (lock)",
        EffectKind::Waiting => " (waits)",
        EffectKind::Decoding => " (decodes)",
        EffectKind::Call | EffectKind::Yield | EffectKind::Await | EffectKind::Raise => "",
    };
    match &effect.when {
        Some(when) => format!("{text} ({})", shortened(when, LONGEST)),
        None => format!("{text}{word}"),
    }
}

fn role(kind: EffectKind) -> Role {
    match kind {
        EffectKind::Lock | EffectKind::Waiting => Role::Warning,
        EffectKind::Decoding | EffectKind::Await | EffectKind::Yield => Role::Assumed,
        EffectKind::Call | EffectKind::Raise => Role::Plain,
    }
}

/// Whether what a getter returns is kept, as it looks.
pub(super) fn cached(cost: &Cost, kind: DescriptorKind, said: impl Fn(&Kept) -> String) -> String {
    match &cost.cached {
        None => "no".to_owned(),
        Some(Cached::OnInstance(place)) => {
            let kept = cost.kept.iter().find(|it| it.text == *place);
            let place = kept.map_or_else(|| place.clone(), said);
            let place = shortened(&place, LONGEST);
            if is_never_read_again(cost, kind) {
                return format!("no: it is put into {place}, and computed at each read");
            }
            // Python looks into the instance's dictionary before it asks a non-data descriptor.
            if kind == DescriptorKind::NonData && place.contains(".__dict__[") {
                format!("in {place}: from then on the descriptor is not asked")
            } else {
                format!("on the instance, in {place}")
            }
        }
        Some(Cached::Own(place)) => format!("in a cache of its own, {}", shortened(place, LONGEST)),
    }
}

/// The same in a word or two.
pub(super) fn cached_glance(cost: &Cost, kind: DescriptorKind) -> &'static str {
    match cost.cached {
        None => "no",
        Some(Cached::OnInstance(_)) if is_never_read_again(cost, kind) => "no",
        Some(Cached::OnInstance(_)) => "on instance",
        Some(Cached::Own(_)) => "own cache",
    }
}

/// Whether what a getter keeps on the instance never answers: a data descriptor is asked before the entry of `__dict__`, and this one does not look.
fn is_never_read_again(cost: &Cost, kind: DescriptorKind) -> bool {
    let Some(Cached::OnInstance(place)) = &cost.cached else {
        return false;
    };
    let mut kept = cost.kept.iter().filter(|it| it.text == *place);
    kind == DescriptorKind::Data && kept.all(|it| !it.is_read && !it.is_tested)
}

/// Where the value is kept: what a setter puts the value into, or a getter what it returns.
pub(super) fn kept<'c>(set: Option<&'c Cost>, get: Option<&'c Cost>) -> Vec<&'c Kept> {
    let written = |cost: Option<&'c Cost>| cost.into_iter().flat_map(|it| &it.kept);
    let by_setter: Vec<&Kept> = written(set).filter(|it| it.is_written).collect();
    let is_looked_at = |it: &&Kept| {
        let mut read = written(get);
        read.any(|other| other.text == it.text && other.is_returned)
    };
    // Of what a setter changes beside, caches that it empties, nothing is the value.
    let mut places: Vec<&Kept> = by_setter
        .iter()
        .copied()
        .filter(|it| it.takes_value)
        .collect();
    if places.is_empty() {
        places = by_setter.iter().copied().filter(is_looked_at).collect();
    }
    if places.is_empty() {
        places = by_setter;
    }
    let by_getter = written(get).filter(|it| it.is_written && it.is_returned);
    for place in by_getter {
        if places.iter().all(|it| it.text != place.text) {
            places.push(place);
        }
    }
    places
}

/// What a getter makes its answer of: what it returns, else what it reads on the way.
pub(super) fn sources(get: &Cost) -> Vec<&Kept> {
    let read = || {
        // An attribute of the descriptor is how it was set up; an item of one belongs to an instance.
        let read = get.kept.iter().filter(|it| it.is_read);
        read.filter(|it| match it.holder {
            Holder::Instance => !is_machinery(&it.text),
            Holder::Descriptor => it.text.ends_with(']'),
            Holder::Outside => false,
        })
    };
    let returned: Vec<&Kept> = read().filter(|it| it.is_returned).collect();
    if returned.is_empty() {
        read().collect()
    } else {
        returned
    }
}

/// Some places, each once, with what is said of one.
pub(super) fn listed(
    places: &[&Kept],
    said_of: impl Fn(&Kept) -> String,
    about: impl Fn(&Kept) -> Option<String>,
) -> Vec<String> {
    let mut seen: Vec<String> = vec![];
    let mut said = vec![];
    for place in places {
        let whole = said_of(place);
        if seen.contains(&whole) {
            continue;
        }
        let text = shortened(&whole, LONGEST);
        seen.push(whole);
        said.push(match about(place) {
            Some(about) => format!("{text} ({about})"),
            None => text,
        });
    }
    if said.len() > PLACES {
        let more = said.len() - PLACES;
        said.truncate(PLACES);
        said.push(format!("{more} more"));
    }
    said
}

/// A place in a word: of one on the instance, what stands behind the instance.
pub(super) fn glance_at(place: &Kept, spot: &Spot) -> String {
    let behind = spot.text.split_once('.').map(|it| it.1);
    match (place.holder, behind, &spot.key) {
        (Holder::Instance, _, Some(key)) => key.clone(),
        (Holder::Instance, Some(behind), _) => behind.to_owned(),
        (Holder::Descriptor, ..) if !place.text.contains('[') => "one for all".into(),
        _ => place.text.clone(),
    }
}

/// `self.__dict__` and `self.__class__` by themselves: the way to a value, and no value.
fn is_machinery(place: &str) -> bool {
    place.ends_with(".__dict__") || place.contains(".__class__")
}

fn joined(parts: Vec<(String, Role)>, with: &str) -> Vec<Span> {
    let mut spans = vec![];
    for (text, role) in parts {
        if !spans.is_empty() {
            spans.push(Span::faint(with));
        }
        spans.push(Span::new(text, role));
    }
    spans
}
