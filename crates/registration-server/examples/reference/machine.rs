//! A machine is explored by calling its own functions: what is drawn is what they did.
use std::collections::{BTreeMap, BTreeSet};

use crate::page::{Page, code};

/// What a step did: another subject, or the code of its refusal.
pub(crate) type Done<S> = Result<S, &'static str>;

/// One step: its name, and what it does to a subject; nothing where it cannot even be tried.
pub(crate) struct Step<S> {
    pub(crate) name: &'static str,
    pub(crate) take: fn(&S) -> Option<Done<S>>,
}

/// Everything that the functions were seen to do.
#[derive(Default)]
pub(crate) struct Machine {
    states: Vec<&'static str>,
    steps: Vec<&'static str>,
    starts: Vec<(&'static str, &'static str)>,
    seen: BTreeMap<(&'static str, &'static str), BTreeSet<Outcome>>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    To(&'static str),
    Refused(&'static str),
}

/// How many steps lead away from the start at the most; further ones meet nothing new.
const DEPTH: usize = 4;

/// Takes every step from every subject that is met. `state` names the state that a subject is in.
pub(crate) fn explore<S>(
    starts: Vec<(&'static str, S)>,
    steps: &[Step<S>],
    state: impl Fn(&S) -> &'static str,
) -> Machine {
    let mut machine = Machine { steps: steps.iter().map(|it| it.name).collect(), ..Machine::default() };
    let mut frontier = Vec::new();
    for (name, start) in starts {
        machine.meet(state(&start));
        machine.starts.push((name, state(&start)));
        frontier.push(start);
    }
    for _ in 0..DEPTH {
        let mut next = Vec::new();
        for subject in &frontier {
            let from = state(subject);
            for step in steps {
                let Some(done) = (step.take)(subject) else { continue };
                let outcome = match &done {
                    Ok(it) => Outcome::To(state(it)),
                    Err(code) => Outcome::Refused(code),
                };
                if let Outcome::To(to) = outcome {
                    machine.meet(to);
                }
                machine.seen.entry((from, step.name)).or_default().insert(outcome);
                next.extend(done);
            }
        }
        frontier = next;
    }
    machine
}

impl Machine {
    fn meet(&mut self, state: &'static str) {
        if !self.states.contains(&state) {
            self.states.push(state);
        }
    }

    /// The drawing, and below it each step in each state.
    pub(crate) fn show(&self, page: &mut Page) {
        page.add(format_args!("```mermaid\n{}\n```", self.diagram()));
        let mut head = vec!["step"];
        head.extend(&self.states);
        let rows = self.steps.iter().map(|step| {
            let mut row = vec![(*step).to_owned()];
            row.extend(self.states.iter().map(|state| self.cell(state, step)));
            row
        });
        page.table(&head, rows.collect::<Vec<_>>());
    }

    fn diagram(&self) -> String {
        let mut lines = vec![String::from("stateDiagram-v2")];
        lines.extend(self.starts.iter().map(|(step, to)| format!("    [*] --> {} : {step}", id(to))));
        for from in &self.states {
            let mut edges: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
            for step in &self.steps {
                for outcome in self.outcomes(from, step) {
                    if let Outcome::To(to) = outcome {
                        edges.entry(to).or_default().push(step);
                    }
                }
            }
            if edges.keys().all(|to| to == from) {
                lines.push(format!("    {} --> [*]", id(from)));
                continue;
            }
            lines.extend(
                edges.iter().map(|(to, by)| format!("    {} --> {} : {}", id(from), id(to), by.join(", "))),
            );
        }
        lines.join("\n")
    }

    fn cell(&self, state: &'static str, step: &'static str) -> String {
        let words = self.outcomes(state, step).map(|it| match it {
            Outcome::To(to) if to == state => format!("stays {to}"),
            Outcome::To(to) => format!("→ {to}"),
            Outcome::Refused(word) => code(word),
        });
        let words: Vec<_> = words.collect();
        if words.is_empty() { "–".into() } else { words.join(" or ") }
    }

    fn outcomes(&self, state: &'static str, step: &'static str) -> impl Iterator<Item = Outcome> {
        self.seen.get(&(state, step)).into_iter().flatten().copied()
    }
}

fn id(state: &str) -> String {
    state.replace([' ', '-'], "_")
}
