//! What a dict takes out of an object: the entries of a mapping, or pairs, asked one by one (`dict_update_arg`, `dict_merge`,
//! `PyDict_MergeFromSeq2` in `Objects/dictobject.c`).

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::fault::Fault;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Dict, Value};
use crate::source::Place;

impl Run<'_, '_> {
    /// `dict.update(value)` of an object of a class of the program's.
    pub(super) fn updated_by_code(
        &mut self,
        dict: &mut Dict,
        value: &Value,
        at: Option<Place>,
    ) -> Eval<()> {
        let keys = Name::const_new("keys");
        self.askers += 1;
        let keys = self.get_attribute(value, &keys, at);
        self.askers -= 1;
        match keys {
            Ok(_) => self.merged_by_code(dict, value, at),
            Err(thrown) if thrown.class == Some(self.known.attribute_error) => {
                self.updated_by_pairs(dict, value, at)
            }
            Err(thrown) => Err(thrown),
        }
    }

    /// What has `keys` is asked for them, and for the value of each (`dict_merge`).
    pub(crate) fn merged_by_code(
        &mut self,
        dict: &mut Dict,
        value: &Value,
        at: Option<Place>,
    ) -> Eval<()> {
        let has_own_iteration = self.class_of(value).is_some_and(|class| {
            matches!(self.find_in_mro(class, "__iter__"),
                Some((owner, None)) if owner == self.known.dict)
        });
        if has_own_iteration && let Some((entries, open)) = self.dict_entries(value) {
            self.copies(entries.len());
            dict.give_unknown(open);
            // Their hashes are kept, and not asked for again.
            return self.put_entries(dict, value, entries, at);
        }
        let name = Name::const_new("keys");
        self.askers += 1;
        let method = self.get_attribute(value, &name, at);
        self.askers -= 1;
        let method = method?;
        let scope = self.any_scope();
        let keys = self.call(&method, Arguments::default(), at, scope)?;
        if keys.is_gap() {
            dict.give_unknown(true);
            return Ok(());
        }
        let of = self.type_name(value);
        let is = self.type_name(&keys);
        let refused = format!("{of}.keys() returned a non-iterable (type {is})");
        let keys = self.items_at_once(&keys, &refused, at);
        let Some(keys) = self.settled(keys, at)? else {
            dict.give_unknown(true);
            self.lose();
            return Ok(());
        };
        for key in keys {
            let item = self.get_item(value, &key, at)?;
            self.put_under(dict, key, item, at)?;
        }
        Ok(())
    }

    /// Pairs, one after the other: what is wrong with one is found before the next is asked for.
    fn updated_by_pairs(&mut self, dict: &mut Dict, value: &Value, at: Option<Place>) -> Eval<()> {
        let mut source = self.source(value, at)?;
        let scope = self.any_scope();
        let mut index = 0;
        while self.round() {
            let Some(item) = self.next_in_turn(&mut source, at, scope)? else {
                dict.give_unknown(source.is_open());
                return Ok(());
            };
            let refused =
                format!("cannot convert dictionary update sequence element #{index} to a sequence");
            let pair = match self.items_at_once(&item, &refused, at) {
                Err(Fault::Unknown | Fault::Budget) => {
                    dict.give_unknown(true);
                    self.lose();
                    return Ok(());
                }
                pair => self.settled(pair, at)?.unwrap_or_default(),
            };
            let length = pair.len();
            let Ok([key, value]) = <[Value; 2]>::try_from(pair) else {
                let message = format!(
                    "dictionary update sequence element #{index} has length {length}; 2 is required"
                );
                return Err(self.throw(self.known.value_error, message, at));
            };
            self.put_under(dict, key, value, at)?;
            index += 1;
        }
        dict.give_unknown(true);
        self.lose();
        Ok(())
    }
}
