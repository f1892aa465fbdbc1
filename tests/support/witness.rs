//! What mroscope says of the class statements of a folder, in the form in which CPython's answers come.

use std::path::Path;

use mroscope::analysis::{Analysis, ClassRef};
use mroscope::load::{Request, load};
use mroscope::semantics::{Origin, Outcome, Raised};
use mroscope::source::PythonVersion;

use crate::support::oracle::{Row, RowMade, RowRaised};

/// Loads a folder as a project of that version.
pub(crate) fn analysis_of(root: &Path, version: PythonVersion) -> Analysis {
    let request = Request {
        path: root.to_owned(),
        version: Some(version),
        ..Request::default()
    };
    load(&request, &|_| ()).expect("the folder is a project")
}

/// Mroscope's answer for each class statement: neither made nor raised where it does not know.
pub(crate) fn rows_of(analysis: &Analysis, attributes: &[&str]) -> Vec<Row> {
    analysis
        .project_classes()
        .filter_map(|class| row_of(analysis, class, attributes))
        .collect()
}

fn row_of(analysis: &Analysis, class: ClassRef<'_>, attributes: &[&str]) -> Option<Row> {
    let Origin::Statement { place, .. } = class.origin() else {
        return None;
    };
    let told = |raised: &Raised| RowRaised {
        kind: raised.kind.to_string(),
        message: raised.message.clone(),
    };
    let (made, raised) = match (class.outcome(), class.refused()) {
        // A class whose decorator raises is made, and nobody gets it.
        (Outcome::Raises(raised), _) | (_, Some(raised)) => (None, Some(told(raised))),
        (Outcome::Created(_), None) => (Some(made_of(class, attributes)), None),
        (Outcome::Unknown { .. }, None) => (None, None),
    };
    Some(Row {
        module: class.path().module.to_string(),
        line: analysis.file(place.file).line(place.start),
        name: class.name().to_owned(),
        made,
        raised,
    })
}

fn made_of(class: ClassRef<'_>, attributes: &[&str]) -> RowMade {
    let path = |class: ClassRef<'_>| class.path().to_string();
    let made = class.made().expect("it was created");
    let base = made.best_base.map(|base| class.analysis().class(base));
    RowMade {
        mro: class
            .mro()
            .unwrap_or_default()
            .into_iter()
            .map(path)
            .collect(),
        metaclass: class.metaclass().map_or_else(String::new, path),
        base: base.map_or_else(String::new, path),
        bases: class.bases().into_iter().map(path).collect(),
        own: class.members().keys().map(ToString::to_string).collect(),
        from: attributes
            .iter()
            .filter_map(|&name| {
                let winner = class.winner(name)?;
                Some((name.to_owned(), path(winner.class)))
            })
            .collect(),
    }
}
