//! `mroscope dump --supers`: where each `super().name` leads for a class, and which definitions of a method run.

use serde_json::{Map, Value, json};

use crate::analysis::{
    Along, Body, Chain, ChainLink, ClassRef, Definition, Ends, Leads, Runs, Sure,
};
use crate::cli::json::id;
use crate::semantics::Outcome;
use crate::syntax::Reached;

/// Adds both to what is said of a class.
pub(super) fn add(class: ClassRef<'_>, said: &mut Value) {
    let Value::Object(said) = said else { return };
    if matches!(class.outcome(), Outcome::Raises(_)) {
        return;
    }
    let along = Along::of(class);
    said.insert("supers".into(), reads(&along));
    let mut chains = Map::new();
    for (name, definitions) in along.named() {
        if is_asked(name, &definitions) {
            chains.insert(name.to_owned(), chain(&along.chain(name, &definitions)));
        }
    }
    said.insert("chains".into(), Value::Object(chains));
}

/// Whether two classes besides `object` define the name, the first of them by a `def`.
fn is_asked(name: &str, definitions: &[(usize, Definition<'_>)]) -> bool {
    let is_object = |it: ClassRef<'_>| it.id() == it.analysis().classes.object();
    let mut real = definitions.iter().filter(|it| !is_object(it.1.class));
    real.next()
        .is_some_and(|it| it.1.class.method(name).is_some())
        && real.next().is_some()
}

fn reads(along: &Along<'_>) -> Value {
    let reads = along.reads().into_iter();
    let reads = reads.map(|it| {
        let place = it.class.place();
        let line = place.map(|place| it.class.analysis().file(place.file).line(it.site.start));
        let mut said = json!({
            "in": id(it.class),
            "method": it.method.name,
            "line": line,
            "name": crate::semantics::mangle(it.class.name(), &it.site.name),
            "target": match it.leads {
                Leads::To(class) if it.sure != Sure::Unknown => id(class),
                _ => Value::Null,
            },
            "status": status(it.sure),
            "how": reached(it.site.reached),
        });
        if it.after != it.class
            && let Value::Object(said) = &mut said
        {
            said.insert("start".into(), id(it.after));
        }
        said
    });
    reads.collect()
}

fn status(sure: Sure) -> &'static str {
    match sure {
        Sure::Exact => "exact",
        Sure::Assumed => "assumed",
        Sure::Unknown => "unknown",
    }
}

fn reached(reached: Reached) -> &'static str {
    match reached {
        Reached::Always => "always",
        Reached::Conditional => "conditional",
        Reached::Late => "late",
    }
}

fn ends(ends: Ends) -> &'static str {
    match ends {
        Ends::NoSuper => "no super",
        Ends::Builtin => "builtin",
        Ends::Nothing => "nothing",
        Ends::Loop => "loop",
        Ends::Value => "value",
        Ends::Untold => "unknown",
    }
}

fn chain(chain: &Chain<'_>) -> Value {
    if chain.sure == Sure::Unknown {
        return Value::Null;
    }
    let ids = |wanted: &dyn Fn(&ChainLink<'_>) -> bool| -> Value {
        let links = chain.links.iter().filter(|it| wanted(it));
        links.map(|it| id(it.definition.class)).collect()
    };
    let running = || chain.links.iter().filter(|it| it.runs.is_some());
    let line = |link: &ChainLink<'_>, at: u32| match (link.body, link.definition.class.place()) {
        (Body::Def(_), Some(place)) => {
            Some(link.definition.class.analysis().file(place.file).line(at))
        }
        _ => None,
    };
    let hops = running().flat_map(|link| {
        link.hops.iter().filter_map(move |hop| {
            Some(json!({
                "from": id(link.definition.class),
                "to": id(chain.links[hop.to?].definition.class),
                "line": line(link, hop.site.start),
                "how": reached(hop.reached),
            }))
        })
    });
    let ended = running().filter_map(|it| Some(json!([id(it.definition.class), ends(it.ends?)])));
    let mut said = json!({
        "runs": ids(&|it| it.runs.is_some()),
        "conditional": ids(&|it| it.runs == Some(Runs::Conditional)),
        "never": ids(&|it| it.runs.is_none()),
        "hops": hops.collect::<Value>(),
        "ends": ended.collect::<Value>(),
        "status": status(chain.sure),
    });
    let named: Vec<Value> = chain
        .links
        .iter()
        .filter(|it| it.runs_at_all.is_some())
        .flat_map(|link| {
            link.named.iter().map(move |call| {
                json!({
                    "from": id(link.definition.class),
                    "to": call.to.map(|to| id(chain.links[to].definition.class)),
                    "class": id(call.class),
                    "line": line(link, call.call.start),
                    "how": reached(call.call.reached),
                })
            })
        })
        .collect();
    if !named.is_empty()
        && let Value::Object(said) = &mut said
    {
        said.insert("by_name".into(), named.into());
        said.insert("runs_twice".into(), ids(&|it| it.times > 1));
    }
    said
}
