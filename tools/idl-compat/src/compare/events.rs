//! Events: data of the new release that readers of the old one decode.

use {
    super::{
        change::ChangeKind,
        comparison::{Comparison, Draft},
        diff::diff,
        discriminators::{Lists, add_confusions},
        types::{Subject, common_rule},
    },
    crate::{rule::Severity, rules},
    account_layout::flat::{flatten, is_zero_copy},
    anchor_lang_idl_spec::IdlEvent,
    std::collections::HashMap,
};

pub(super) fn compare(c: &mut Comparison<'_, '_>) {
    let (old, new) = (c.old, c.new);
    let places: HashMap<&str, usize> = new
        .events
        .iter()
        .enumerate()
        .map(|(j, it)| (it.name.as_str(), j))
        .collect();
    let mut pairs = Vec::new();
    let mut stays = vec![false; new.events.len()];
    for (i, was) in old.events.iter().enumerate() {
        let name = &was.name;
        let at_old = format!("/events/{i}");
        let Some(j) = places.get(name.as_str()).copied() else {
            let draft = Draft::new(
                &rules::EVENT_REMOVED,
                name,
                format!("the event `{name}` is gone"),
            );
            c.add(
                draft
                    .condition(
                        None,
                        format!("no client of the old release waits for `{name}`"),
                    )
                    .at_old(at_old),
            );
            continue;
        };
        pairs.push((i, j));
        stays[j] = true;
        let is = &new.events[j];
        if was.discriminator != is.discriminator {
            let message = format!(
                "the event `{name}` has the discriminator {:?} where it was {:?}",
                is.discriminator, was.discriminator
            );
            let draft = Draft::new(&rules::EVENT_DISCRIMINATOR_CHANGED, name, message);
            c.add(draft.at_old(&at_old).at_new(format!("/events/{j}")));
        }
        compare_fields(c, name, (i, j));
    }
    for (j, event) in new.events.iter().enumerate().filter(|(j, _)| !stays[*j]) {
        let draft = Draft::new(
            &rules::EVENT_ADDED,
            &event.name,
            format!("the event `{}` is new", event.name),
        );
        c.add(draft.at_new(format!("/events/{j}")));
    }
    let lists = Lists {
        key: "events",
        old: old.events.iter().map(named).collect(),
        new: new.events.iter().map(named).collect(),
        pairs: &pairs,
    };
    add_confusions(
        c,
        &lists,
        &rules::EVENT_DISCRIMINATOR_SHADOWED,
        "one is taken for the other",
    );
}

fn compare_fields(c: &mut Comparison<'_, '_>, name: &str, at: (usize, usize)) {
    let (old_types, new_types) = (c.wires.old, c.wires.new);
    let roots = (old_types.defined(name), new_types.defined(name));
    let subject = Subject {
        path: name.to_owned(),
        name,
        noun: "field",
    };
    let unknown = |message: &str| {
        Draft::new(
            &rules::EVENT_FIELDS_CHANGED,
            name,
            format!("the event `{name}` {message}"),
        )
        .at_old(format!("/events/{}", at.0))
        .at_new(format!("/events/{}", at.1))
    };
    let (Some(old), Some(new)) = roots else {
        c.add(unknown("has no type, so its bytes are not known"));
        return;
    };
    if c.wires.same.by_name(old, new) {
        return;
    }
    let memory = is_zero_copy(old_types, old);
    let rows = (flatten(old_types, old, ""), flatten(new_types, new, ""));
    let ((Some(old_row), Some(new_row)), true) = (rows, memory == is_zero_copy(new_types, new))
    else {
        c.add(unknown("changed in more than can be compared"));
        return;
    };
    for change in diff(&mut c.wires, &old_row, &new_row, memory) {
        let rule = match change.kind {
            ChangeKind::Added { last: true } => &rules::EVENT_FIELD_APPENDED,
            ChangeKind::Renamed => &rules::FIELD_RENAMED,
            ChangeKind::VariantAppended => &rules::ENUM_VARIANT_APPENDED,
            kind => common_rule(kind).unwrap_or(&rules::EVENT_FIELDS_CHANGED),
        };
        let mut draft = c.draft(rule, &subject, &change);
        if rule.severity == Severity::Conditional {
            let condition =
                format!("no client of the old release reads a `{name}` with the new variant");
            draft = draft.condition(None, condition);
        }
        c.add(draft);
    }
}

fn named(it: &IdlEvent) -> (&str, &[u8]) {
    (&it.name, &it.discriminator)
}
