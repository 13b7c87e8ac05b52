//! Small reports for tests.

use {super::*, std::collections::BTreeMap};

/// What a program may log to break a terminal, a table or a page.
pub const HOSTILE: &str =
    "</td><script>alert(1)</script>\u{1b}[2J\u{202e}|`<img src=x onerror=\"a\">`\r\n## it";

fn address(letter: char) -> String {
    letter.to_string().repeat(44)
}

pub fn subject(direction: Direction) -> Subject {
    let (from, to) = match direction {
        Direction::Migrate => ("ConfigV1", "ConfigV2"),
        Direction::Rollback => ("ConfigV2", "ConfigV1"),
    };
    Subject {
        program: "app".to_owned(),
        program_id: address('P'),
        genesis_hash: address('G'),
        direction,
        from: from.to_owned(),
        to: to.to_owned(),
        shard: "1/1".to_owned(),
    }
}

pub fn plan() -> PlanReport {
    let mut balances = Balances::new(1_559_040);
    let mut sizes = Histogram::default();
    for (lamports, count) in [(1_224_960, 90), (1_559_040, 9), (5_000_000_000, 1)] {
        for _ in 0..count {
            balances.add(lamports);
            sizes.add(48);
        }
    }
    PlanReport {
        subject: subject(Direction::Migrate),
        slot: 300_000_000,
        from: LayoutCount {
            accounts: 100,
            bytes: 4_800,
        },
        to: LayoutCount {
            accounts: 5,
            bytes: 512,
        },
        sizes,
        balances,
        rent: PlannedRent {
            lamports_per_byte: 6_960,
            data_len: 96,
            short: 90,
            top_up: 30_067_200,
            surplus: 4_998_440_960,
        },
        payer: Payer {
            address: address('W'),
            lamports: 2_000_000_000,
            needed: 30_979_080,
        },
        estimate: Some(Estimate {
            transactions: PlannedTransactions {
                count: 4,
                accounts: 28,
                bytes: 1_213,
                signatures: 1,
                compute_unit_limit: 12_345,
            },
            fees: PlannedFees {
                micro_lamports_per_compute_unit: 20_000,
                base: 20_000,
                priority: 988,
            },
            time: PlannedTime {
                transactions_per_second: 2,
                seconds: 2,
                slots: 37,
            },
        }),
        sample: vec![
            Sampled {
                accounts: 28,
                bytes: 1_213,
                compute_units: 10_313,
                top_up: 9_354_240,
                failure: None,
            },
            Sampled {
                accounts: 28,
                bytes: 1_213,
                compute_units: 9_001,
                top_up: 0,
                failure: Some(
                    "instruction 3: Truncated (6005): the data ends too early".to_owned(),
                ),
            },
        ],
        problems: Vec::new(),
        needs_new_plan: false,
        layout_diagram: None,
    }
}

pub fn run() -> RunReport {
    let mut progress = Growth::default();
    let mut compute_unit_limits = Histogram::default();
    for (slot, count) in [(300_000_100, 28), (300_000_101, 56), (300_000_104, 94)] {
        progress.push(slot, count);
        compute_unit_limits.add(10_000 + count);
    }
    let mut quarantined = List::default();
    quarantined.push(Reason {
        address: address('Q'),
        reason: "instruction 3: Truncated (6005): the data ends too early".to_owned(),
    });
    RunReport {
        subject: subject(Direction::Rollback),
        planned_only: false,
        accounts: RunAccounts {
            planned: 100,
            migrated: 94,
            by_others: 3,
            closed: 1,
            quarantined: 1,
            pending: 1,
        },
        quarantined,
        transactions: RunTransactions {
            landed: 4,
            failed: 1,
            expired: 2,
            not_sent: 0,
        },
        lamports: RunLamports {
            fees: 25_000,
            top_up: 30_067_200,
            max: Some(40_000_000),
        },
        slots: Some(Slots {
            first: 300_000_100,
            last: 300_000_104,
        }),
        progress,
        compute_unit_limits,
        calls: BTreeMap::from([
            ("getMultipleAccounts".to_owned(), 5),
            ("sendTransaction".to_owned(), 6),
        ]),
        stopped: Some("it was interrupted: go on with `fleet resume`".to_owned()),
    }
}

pub fn verify() -> VerifyReport {
    let listing = |slot| LeftOver {
        slot,
        accounts: List::default(),
        others: List::default(),
    };
    let mut changed = List::default();
    changed.push(Changed {
        address: address('C'),
        signature: "S".repeat(88),
        fields: vec![ChangedField {
            field: "value".to_owned(),
            old: "7".to_owned(),
            new: "8".to_owned(),
        }],
        lamports: -1_000,
    });
    VerifyReport {
        subject: subject(Direction::Migrate),
        planned_only: false,
        left_over: vec![listing(300_000_200), listing(300_000_300)],
        quarantined: List::default(),
        accounts: AccountChecks {
            checked: 98,
            equal: 97,
            changed,
            failed: List::default(),
        },
        payer: PayerLamports {
            address: address('W'),
            before: Some(2_000_000_000),
            now: 1_969_907_800,
            fees: 25_000,
            top_up: 30_067_200,
            by_authority: 0,
            audited: 0,
            corrected: 0,
            unknown: 0,
        },
    }
}

pub fn failed_verify() -> VerifyReport {
    let mut report = verify();
    report.left_over[1].accounts.push(address('L'));
    for letter in ['A', 'B'] {
        report.accounts.failed.push(Reason {
            address: address(letter),
            reason: HOSTILE.to_owned(),
        });
    }
    report.accounts.failed.count = 102;
    report.payer.now += 500;
    report.payer.audited = 4;
    report.payer.unknown = 1;
    report
}
