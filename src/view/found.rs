//! What a structural search finds: a class a line.

use crate::analysis::ClassRef;
use crate::view::words::{class_link, class_span, count, made_at_whole, standing};
use crate::view::{Column, Line, Page, Role, Span};

/// The classes that are as was asked.
pub fn found(asked: &str, classes: &[ClassRef<'_>]) -> Page {
    let mut page = Page {
        title: vec![Span::new(asked, Role::Heading)],
        ..Page::default()
    };
    let number = count(classes.len(), "class", "classes");
    page.push(Line::text(vec![Span::plain(match classes.len() {
        0 => String::from("no class is so"),
        _ => number,
    })]));
    if classes.is_empty() {
        return page;
    }
    page.push(Line::blank());
    let table = page.table(vec![
        Column::left(0),
        Column::left(1),
        Column::left(2),
        Column::left(3),
    ]);
    page.push(Line::head(table, &["class", "module", "place", ""]));
    for &class in classes {
        let cells = vec![
            vec![class_span(class)],
            vec![Span::new(&class.path().module, Role::Module)],
            vec![made_at_whole(class)],
            standing(class.sureness()),
        ];
        page.push(Line::row(table, cells).to(class_link(class)));
    }
    page
}
