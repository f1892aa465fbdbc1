//! What the keys of single pages change of how these are shown.

use crate::app::action::Action;
use crate::app::state::State;
use crate::view::{self, Way};

impl State {
    /// Changes what the open page lists, or what of it is looked at.
    pub(super) fn switch(&mut self, action: Action) {
        match action {
            Action::Inherited => toggle(&mut self.settings.members.inherited),
            Action::Private => toggle(&mut self.settings.members.private),
            Action::Special => toggle(&mut self.settings.members.special),
            Action::FromObject => toggle(&mut self.settings.members.object),
            Action::Sort => self.settings.members.sort = self.settings.members.sort.next(),
            Action::WiderValues => self.widen_values(1),
            Action::NarrowerValues => self.widen_values(-1),
            Action::NextWay => self.turn_way(1),
            Action::PreviousWay => self.turn_way(-1),
            Action::NextColumn => self.turn_column(1),
            Action::PreviousColumn => self.turn_column(-1),
            Action::Below => {
                toggle(&mut self.settings.matrix.below);
                self.settings.matrix.column = 0;
                self.begin_page_anew();
            }
            _ => {}
        }
    }

    fn widen_values(&mut self, by: i8) {
        let detail = self.settings.members.detail + by;
        if view::DETAIL.contains(&detail) {
            self.settings.members.detail = detail;
        } else {
            self.say("values are shown as wide, or as narrow, as they can be");
        }
    }

    fn turn_way(&mut self, by: isize) {
        let way = self.settings.way.unwrap_or(Way::Read);
        self.settings.way = Some(way.further(by));
        self.begin_page_anew();
    }

    fn turn_column(&mut self, by: isize) {
        let Some(class) = self.class() else { return };
        let last = view::matrix_columns(class, &self.settings).saturating_sub(1);
        let column = self.settings.matrix.column.min(last);
        self.settings.matrix.column = column.saturating_add_signed(by).min(last);
    }

    fn begin_page_anew(&mut self) {
        let place = self.history.here_mut();
        (place.line, place.top) = (None, 0);
    }
}

fn toggle(switch: &mut bool) {
    *switch = !*switch;
}
