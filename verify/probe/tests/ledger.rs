//! The table is whole: no statement without a check or a reason, no check that
//! shows nothing, no identifier that means nothing.

use std::collections::BTreeSet;

use int80_probe::{
    CHECKS, Profile, by_statement,
    ledger::{CONTRADICTIONS, PAGES, Verdict, statements},
};

#[test]
fn each_statement_has_a_check_or_a_reason_and_not_both() {
    for statement in statements() {
        let checks = by_statement(statement.id).count();
        match statement.unchecked {
            None => assert!(checks > 0, "{} has no check", statement.id),
            Some(why) => {
                assert!(!why.is_empty(), "{} has no reason", statement.id);
                assert_eq!(checks, 0, "{} has a check and a reason", statement.id);
            }
        }
    }
}

#[test]
fn each_check_shows_statements_that_exist() {
    let known: BTreeSet<&str> = statements().map(|statement| statement.id).collect();
    for check in CHECKS.into_iter().flatten() {
        for id in check.shows.split(' ') {
            assert!(known.contains(id), "{} shows {id:?}", check.name);
        }
    }
}

#[test]
fn identifiers_are_in_order_and_names_are_unique() {
    for (page, _, statements) in PAGES {
        for (number, statement) in (1..).zip(statements) {
            assert_eq!(statement.id, format!("{page}.{number}"));
        }
    }
    let names: BTreeSet<&str> = CHECKS
        .into_iter()
        .flatten()
        .map(|check| check.name)
        .collect();
    assert_eq!(names.len(), CHECKS.into_iter().flatten().count());
}

#[test]
fn verdicts_that_limit_a_statement_say_why() {
    for statement in statements() {
        let limits = matches!(statement.verdict, Verdict::InPart | Verdict::False);
        assert!(!limits || !statement.because.is_empty(), "{}", statement.id);
        assert!(!statement.source.is_empty(), "{}", statement.id);
    }
}

#[test]
fn contradictions_name_statements_and_checks_that_exist() {
    let known: BTreeSet<&str> = statements().map(|statement| statement.id).collect();
    let names: BTreeSet<&str> = CHECKS
        .into_iter()
        .flatten()
        .map(|check| check.name)
        .collect();
    for one in CONTRADICTIONS {
        let words = one.says.split([' ', ',', ':', ';']);
        let ids: Vec<&str> = words
            .filter(|word| word.starts_with('P') && word.contains('.'))
            .collect();
        assert!(!ids.is_empty(), "{}", one.about);
        for id in ids {
            assert!(
                known.contains(id.trim_end_matches('.')),
                "{}: {id}",
                one.about
            );
        }
        for name in one.so.split('`').skip(1).step_by(2) {
            assert!(names.contains(name), "{}: {name}", one.about);
        }
    }
}

/// `sfprobe` takes a profile's place in the list of names for it.
#[test]
fn profiles_are_in_order() {
    for (place, (_, profile)) in Profile::ALL.into_iter().enumerate() {
        assert_eq!(profile as usize, place);
    }
}

#[test]
fn a_profile_differs_once_per_check_and_never_from_itself() {
    for check in CHECKS.into_iter().flatten() {
        let profiles: Vec<Profile> = check.differs.iter().map(|one| one.profile).collect();
        for (at, profile) in profiles.iter().enumerate() {
            assert_ne!(*profile, Profile::Linux, "{}", check.name);
            assert!(!profiles[at + 1..].contains(profile), "{}", check.name);
        }
    }
}
