//! The paths that a framework's file names, as the installed version has them.

use crate::plugins::frameworks::Framework;

impl Framework {
    /// Adds to each path by which programs know something the one where it is defined: versions of a framework move things about.
    pub(in crate::plugins) fn resolve(&mut self, canonical: &dyn Fn(&str) -> Option<String>) {
        let more = |paths: &mut Vec<String>| {
            let found: Vec<String> = paths.iter().filter_map(|it| canonical(it)).collect();
            for path in found {
                if !paths.contains(&path) {
                    paths.push(path);
                }
            }
        };
        let one = |path: &mut String| {
            if let Some(found) = canonical(path) {
                *path = found;
            }
        };
        for makes in &mut self.makes {
            more(&mut makes.call);
            more(&mut makes.on);
            one(&mut makes.is);
        }
        self.parameters.iter_mut().for_each(|it| one(&mut it.is));
        for values in &mut self.values {
            more(&mut values.object);
            more(&mut values.on);
        }
        self.dispatch.iter_mut().for_each(|it| more(&mut it.on));
        for callback in &mut self.callbacks {
            more(&mut callback.on);
            one(&mut callback.is);
        }
        for attribute in &mut self.attributes {
            one(&mut attribute.on);
            one(&mut attribute.is);
        }
        self.objects.iter_mut().for_each(|it| one(&mut it.is));
        for asks in &mut self.asks {
            more(&mut asks.call);
            more(&mut asks.on);
        }
        more(&mut self.paths);
        self.urls.iter_mut().for_each(|it| more(&mut it.call));
        for read in &mut self.reads {
            more(&mut read.of);
            one(&mut read.is);
        }
        self.named.iter_mut().for_each(|it| more(&mut it.on));
        for load in &mut self.load {
            more(&mut load.on);
            if let Some(config) = &mut load.config {
                more(&mut config.class);
                more(&mut config.discovers);
            }
        }
        for rule in &mut self.registry {
            more(&mut rule.own);
            let ways = rule.by.iter_mut().chain(&mut rule.removes);
            for by in ways.chain(&mut rule.refuses) {
                more(&mut by.call);
                more(&mut by.on);
                more(&mut by.names_classes);
            }
            more(&mut rule.deriving);
            if let Some(collected) = &mut rule.collected {
                more(&mut collected.bases);
            }
            if let Some(classes) = &mut rule.classes {
                more(&mut classes.on);
                more(&mut classes.markers);
                classes.own.iter_mut().for_each(one);
            }
            if let Some(derived) = &mut rule.derived {
                more(&mut derived.bases);
                more(&mut derived.beside);
                more(&mut derived.inherited);
            }
            if let Some(order) = &mut rule.order {
                more(&mut order.on);
            }
            if let Some(endpoints) = &mut rule.endpoints {
                more(&mut endpoints.on);
                more(&mut endpoints.named);
            }
            if let Some(prefix) = &mut rule.prefix {
                more(&mut prefix.on);
                more(&mut prefix.taken);
            }
        }
    }
}
