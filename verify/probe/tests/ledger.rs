//! The table is whole: no statement without a check or a reason, no check that
//! shows nothing, no identifier that means nothing.

use std::collections::BTreeSet;

use int80_probe::{
    CHECKS, Check, DIFFERENCES, Profile, by_statement,
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
    for check in &CHECKS {
        let (name, shows, what) = check.parts();
        for id in shows.split(' ') {
            assert!(known.contains(id), "{name} shows {id:?}");
        }
        assert_eq!(check.text, format!("{name} ({shows}): {what}"));
    }
}

#[test]
fn identifiers_are_in_order_and_names_are_unique() {
    for (page, _, statements) in PAGES {
        for (number, statement) in (1..).zip(statements) {
            assert_eq!(statement.id, format!("{page}.{number}"));
        }
    }
    let names: BTreeSet<&str> = CHECKS.iter().map(Check::name).collect();
    assert_eq!(names.len(), CHECKS.len());
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
    let names: BTreeSet<&str> = CHECKS.iter().map(Check::name).collect();
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

#[test]
fn a_profile_differs_once_per_check_and_never_from_itself() {
    let mut seen = BTreeSet::new();
    for row in &DIFFERENCES {
        assert!(
            CHECKS.iter().any(|check| check.name() == row.check),
            "{}",
            row.check
        );
        for profile in row.cause.profiles {
            assert_ne!(*profile, Profile::Linux, "{}", row.check);
            let new = seen.insert((row.check, profile.name()));
            assert!(new, "{} twice on {}", row.check, profile.name());
        }
    }
}

/// Linux 5.10 was seen to copy, so that what is written later is not seen (D4).
#[test]
fn d4_pages_are_shared_in_part() {
    let shared = statements().find(|one| one.id == "P2.28").unwrap();
    assert_eq!(shared.verdict, Verdict::InPart);
}

#[test]
fn profiles_have_names_that_are_taken() {
    for (name, profile) in Profile::ALL {
        assert_eq!(Profile::named(name.as_bytes()), Some(profile));
        assert_eq!(profile.name(), name);
    }
    assert_eq!(Profile::named(b"linux-9"), None);
}
