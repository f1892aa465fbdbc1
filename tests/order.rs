//! Why an MRO has its order, held against random hierarchies: every neighbour has a reason, and every failed merge a circle.

use std::fmt::Write as _;

use mroscope::semantics::{Before, Outcome, TypeNewError, before, core};

use crate::support::sketch::sketch;

/// A generator of numbers that are the same in every run (`SplitMix64`).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }
}

/// Twelve classes, each with up to three of those before it as bases.
fn hierarchy(seed: u64) -> String {
    let mut numbers = Numbers(seed);
    let mut text = String::new();
    for class in 0..12_usize {
        let mut bases: Vec<usize> = vec![];
        for _ in 0..numbers.below(4).min(class) {
            let base = numbers.below(class);
            if !bases.contains(&base) {
                bases.push(base);
            }
        }
        let bases: Vec<String> = bases.iter().map(|base| format!("C{base}")).collect();
        writeln!(text, "class C{class}({}): ...", bases.join(", ")).expect("a string takes it");
    }
    text
}

#[test]
fn every_neighbour_in_an_mro_has_a_reason_that_holds() {
    let mut reasons = [0; 3];
    for seed in 0..300 {
        let analysis = sketch(&[("m", &hierarchy(seed))]);
        let classes = &analysis.classes;
        for id in classes.own_ids() {
            let Some(made) = classes.made(id) else {
                continue;
            };
            for pair in made.mro.windows(2) {
                let because = before(classes, id, &made.bases, pair[0], pair[1]);
                match because.expect("neighbours have a reason") {
                    Before::Derives => {
                        reasons[0] += 1;
                        let bases = &classes.made(pair[0]).expect("it is in an MRO").bases;
                        assert!(bases.contains(&pair[1]) || bases.is_empty());
                    }
                    Before::Written { by } => {
                        reasons[1] += 1;
                        let bases = &classes.made(by).expect("it is in an MRO").bases;
                        let at = |wanted| bases.iter().position(|&base| base == wanted);
                        assert!(at(pair[0]).expect("written") < at(pair[1]).expect("written"));
                    }
                    Before::Leftmost { by, with, later } => {
                        reasons[2] += 1;
                        let bases = &classes.made(by).expect("it is in an MRO").bases;
                        let at = |wanted| bases.iter().position(|&base| base == wanted);
                        assert!(at(with).expect("written") < at(later).expect("written"));
                        assert!(classes.is_subclass(with, pair[0]));
                        assert!(classes.is_subclass(later, pair[1]));
                    }
                }
            }
        }
    }
    assert!(reasons.iter().all(|&count| count > 20), "{reasons:?}");
}

#[test]
fn a_failed_merge_has_a_circle_of_demands_that_closes() {
    let mut failed = 0;
    for seed in 0..2000 {
        let analysis = sketch(&[("m", &hierarchy(seed))]);
        let classes = &analysis.classes;
        for id in classes.own_ids() {
            let Outcome::Raises(raised) = &classes.get(id).outcome else {
                continue;
            };
            if !matches!(
                raised.reason.as_deref(),
                Some(TypeNewError::InconsistentMro { .. })
            ) || raised.bases.iter().any(|&base| classes.mro(base).is_none())
            {
                continue;
            }
            failed += 1;
            let core = core(classes, id, raised).expect("C3 alone decides here");
            assert!(core.circle.len() > 1, "{core:?}");
            for (at, link) in core.circle.iter().enumerate() {
                assert_eq!(link.second, core.circle[(at + 1) % core.circle.len()].first);
            }
            for claim in &core.claims {
                assert!(claim.says.len() > 1, "{core:?}");
            }
        }
    }
    assert!(failed > 20, "only {failed} failed merges were tried");
}
