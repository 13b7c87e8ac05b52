//! What people and programs read.

use {
    super::{
        document::plain,
        samples::{self, HOSTILE},
        *,
    },
    scraper::{Html, Selector},
    serde::de::DeserializeOwned,
    std::fmt::Debug,
};

#[test]
fn a_plan_as_text() {
    let mut plan = samples::plan();
    plan.sizes.add_many(64, 3);
    assert_eq!(plan.text(), "\
Plan: 100 accounts from ConfigV1 to ConfigV2
✓ Everything is ready for a run. Nothing was sent.

program       app
program id    PPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPP
genesis hash  GGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGG
shard         1/1
payer         WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW
slot          300,000,000

Accounts
  layout    accounts  bytes
  ConfigV1       100  4,800
  ConfigV2         5    512
  The ConfigV1 accounts have different lengths:
  bytes  accounts
     48       100
     64         3

Rent
                                                      lamports         SOL
  rent-exempt minimum of 96 bytes                    1,559,040  0.00155904
  lacking in 90 accounts                            30,067,200   0.0300672
  above the minimum in 10 accounts; stays there  4,998,440,960  4.99844096

Cost
                                                                lamports          SOL
  base fees of 4 signatures                                       20,000      0.00002
  priority fees at 20,000 micro-lamports per compute unit            988  0.000000988
  rent                                                        30,067,200    0.0300672
  all                                                         30,088,188  0.030088188
  the payer must have, with its own rent-exempt minimum       30,979,080   0.03097908
  the payer has                                            2,000,000,000            2

Transactions and time
  transactions                            4
  accounts in each                       28
  bytes of the largest                1,213
  compute-unit limit of the dearest  12,345
  transactions per second                 2
  until the last one is sent             2s
  slots until it is final                37

Simulated transactions
  #  accounts  bytes  rent, lamports  compute units  result
  1        28  1,213       9,354,240         10,313  ✓
  2        28  1,213               0          9,001  instruction 3: Truncated (6005): the data ends too early
");
}

#[test]
fn a_run_as_text() {
    assert_eq!(samples::run().text(), "\
Run: 100 accounts from ConfigV2 to ConfigV1
✗ Stopped: it was interrupted: go on with `fleet resume`

program       app
program id    PPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPP
genesis hash  GGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGG
shard         1/1
slots         300,000,100 to 300,000,104

Accounts
                         accounts
  rolled back                  94
  rolled back by others         3
  closed or given away          1
  quarantined                   1
  pending                       1

Quarantined
  account                                       reason
  QQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ  instruction 3: Truncated (6005): the data ends too early

Cost
           lamports        SOL
  fees       25,000   0.000025
  rent   30,067,200  0.0300672
  all    30,092,200  0.0300922
  limit  40,000,000       0.04

Transactions
                        transactions
  landed                           4
  landed with an error             1
  expired                          2
  not sent                         0

Calls of the node
                       calls
  getMultipleAccounts      5
  sendTransaction          6
  11 calls, 117 for each 1,000 accounts
");
}

#[test]
fn a_verification_as_text() {
    assert_eq!(samples::verify().text(), "\
Verification: 98 accounts from ConfigV1 to ConfigV2
✓ Every check passed, at finalized slots.

program       app
program id    PPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPP
genesis hash  GGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGG
shard         1/1
payer         WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW
slot          300,000,300

Checks
     check                                                                                     found
  ✓  no ConfigV1 is left at slot 300,000,200                                                   0 left
  ✓  no ConfigV1 is left at slot 300,000,300                                                   0 left
  ✓  no account is quarantined                                                                 0 quarantined
  ✓  every migrated account decodes as ConfigV2, with the fields and lamports of its snapshot  97 equal, 1 changed by users, 0 unexplained
  ✓  the payer paid what the journal says, to the lamport                                      no lamport differs

Lamports of the payer
                                     lamports
  before the first transaction  2,000,000,000
  fees                                -25,000
  rent                            -30,067,200
  other transactions                       +0
  now                           1,969,907,800

Changed by their users
  account                                       change                              newest transaction
  CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC  value: 7 became 8; -1,000 lamports  SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS
");
}

#[test]
fn a_verification_that_failed_as_markdown() {
    assert_eq!(samples::failed_verify().markdown(), "\
# Verification: 98 accounts from ConfigV1 to ConfigV2

**✗ Not every check passed.**

- program: app
- program id: `PPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPP`
- genesis hash: `GGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGG`
- shard: 1/1
- payer: `WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW`
- slot: 300,000,300

## Checks

|  | check | found |
| --- | --- | --- |
| ✓ | no ConfigV1 is left at slot 300,000,200 | 0 left |
| ✗ | no ConfigV1 is left at slot 300,000,300 | 1 left |
| ✓ | no account is quarantined | 0 quarantined |
| ✗ | every migrated account decodes as ConfigV2, with the fields and lamports of its snapshot | 97 equal, 1 changed by users, 102 unexplained |
| ✗ | the payer paid what the journal says, to the lamport | other transactions moved +500 lamports; 4 transactions read from the ledger, 0 corrected, 1 no longer there |

## Lamports of the payer

|  | lamports |
| --- | --: |
| before the first transaction | 2,000,000,000 |
| fees | -25,000 |
| rent | -30,067,200 |
| other transactions | +500 |
| now | 1,969,908,300 |

## Left in the old layout

| account |
| --- |
| `LLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLL` |

## Not as they should be

| account | reason |
| --- | --- |
| `AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA` | &lt;/td>&lt;script>alert(1)&lt;/script>�\\[2J�\\|\\`&lt;img src=x onerror=\"a\">\\`� \\#\\# it |
| `BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB` | &lt;/td>&lt;script>alert(1)&lt;/script>�\\[2J�\\|\\`&lt;img src=x onerror=\"a\">\\`� \\#\\# it |

and 100 more

## Changed by their users

| account | change | newest transaction |
| --- | --- | --- |
| `CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC` | value: 7 became 8; -1,000 lamports | `SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS` |
");
}

#[test]
fn a_plan_with_nothing_to_do() {
    let mut plan = samples::plan();
    plan.from = LayoutCount::default();
    plan.sizes = Histogram::default();
    plan.balances = Balances::new(1_559_040);
    plan.rent = PlannedRent {
        lamports_per_byte: 6_960,
        data_len: 96,
        ..PlannedRent::default()
    };
    plan.payer.needed = 0;
    plan.estimate = None;
    plan.sample.clear();
    assert_eq!(
        plan.text(),
        "\
Plan: 0 accounts from ConfigV1 to ConfigV2
✓ There is nothing to do.

program       app
program id    PPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPP
genesis hash  GGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGG
shard         1/1
payer         WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW
slot          300,000,000

Accounts
  layout    accounts  bytes
  ConfigV1         0      0
  ConfigV2         5    512

Rent
                                                 lamports         SOL
  rent-exempt minimum of 96 bytes               1,559,040  0.00155904
  lacking in 0 accounts                                 0           0
  above the minimum in 0 accounts; stays there          0           0
"
    );
}

#[test]
fn a_plan_with_problems_says_each() {
    let mut plan = samples::plan();
    plan.problems = vec![
        "the payer has nothing".to_owned(),
        "no transaction succeeds".to_owned(),
    ];
    assert!(!plan.is_ready());
    let text = plan.text();
    assert!(
        text.starts_with(
            "\
Plan: 100 accounts from ConfigV1 to ConfigV2
✗ 2 problems must be mended before a run.
"
        ),
        "{text}"
    );
    assert!(
        text.contains(
            "
To be mended before a run
  the payer has nothing
  no transaction succeeds
"
        ),
        "{text}"
    );
}

#[test]
fn a_run_is_complete_when_nothing_is_left() {
    let mut run = samples::run();
    run.stopped = None;
    run.accounts.pending = 0;
    run.accounts.quarantined = 0;
    assert!(run.is_complete());
    assert!(run.text().contains("\n✓ Every account is rolled back.\n"));
    run.planned_only = true;
    assert!(
        run.text()
            .contains("\n✓ Every planned account is rolled back.\n")
    );
    for spoil in [
        (|run| run.accounts.pending = 1) as fn(&mut RunReport),
        |run| run.accounts.quarantined = 1,
        |run| run.stopped = Some("the node is gone".to_owned()),
    ] {
        let mut run = run.clone();
        spoil(&mut run);
        assert!(!run.is_complete());
        assert!(run.text().contains("\n✗ "), "{}", run.text());
    }
}

#[test]
fn accounts_that_are_not_of_the_plan_are_named_and_do_no_harm() {
    let mut report = samples::verify();
    report.planned_only = true;
    for listing in &mut report.left_over {
        listing.others.push("A".repeat(44));
    }
    assert!(report.has_passed());
    let text = report.text();
    for line in [
        "no planned ConfigV1 is left at slot 300,000,300",
        "0 left, 1 not of the plan\n",
        "\nNot of the plan: their owners can migrate them\n",
    ] {
        assert!(text.contains(line), "{text}");
    }
    assert_eq!(text.matches(&"A".repeat(44)).count(), 1, "{text}");
}

#[test]
fn a_verification_passes_when_every_check_does() {
    let reason = || Reason {
        address: "A".to_owned(),
        reason: "differs".to_owned(),
    };
    let good = samples::verify();
    assert!(good.has_passed());
    let mut explained = good.clone();
    explained.payer.now += 500;
    assert_eq!(explained.payer.by_others(), 500);
    assert!(explained.has_passed());
    let spoils: [&dyn Fn(&mut VerifyReport); 5] = [
        &|report| report.left_over.clear(),
        &|report| report.left_over[0].accounts.push("A".to_owned()),
        &|report| report.quarantined.push(reason()),
        &|report| report.accounts.failed.push(reason()),
        &|report| {
            report.payer.now -= 1;
            report.payer.unknown = 1;
        },
    ];
    for spoil in spoils {
        let mut report = good.clone();
        spoil(&mut report);
        assert!(!report.has_passed());
        let text = report.text();
        assert!(text.contains("\n✗ Not every check passed.\n"), "{text}");
        assert_eq!(text.matches("  ✗  ").count(), 1, "{text}");
    }
}

#[test]
fn json_is_the_report() {
    fn assert_round_trip<T: Serialize + DeserializeOwned + PartialEq + Debug>(report: &T) {
        let json = serde_json::to_string(report).unwrap();
        assert_eq!(&serde_json::from_str::<T>(&json).unwrap(), report);
    }
    let mut plan = samples::plan();
    plan.rent.top_up = u64::MAX;
    plan.problems.push(HOSTILE.to_owned());
    assert_round_trip(&plan);
    assert_round_trip(&samples::run());
    assert_round_trip(&samples::failed_verify());
    let json = serde_json::to_value(samples::run()).unwrap();
    assert_eq!(json["subject"]["direction"], "rollback");
    assert_eq!(json["compute_unit_limits"]["bins"]["10028"], 1);
    assert_eq!(json["progress"]["points"][2][1], 94);
    assert_eq!(json["quarantined"]["count"], 1);
    // The names that readers know.
    assert_eq!(json["accounts"]["gone"], samples::run().accounts.closed);
    assert_eq!(
        json["transactions"]["dead"],
        samples::run().transactions.expired
    );
}

/// Every report, with hostile text wherever a program, an IDL or a node has a say.
fn hostile_pages() -> Vec<String> {
    let hostile = || HOSTILE.to_owned();
    let subject = || Subject {
        program: hostile(),
        program_id: hostile(),
        genesis_hash: hostile(),
        direction: Direction::Migrate,
        from: hostile(),
        to: hostile(),
        shard: hostile(),
    };
    let mut plan = samples::plan();
    plan.subject = subject();
    plan.problems.push(hostile());
    plan.sample[1].failure = Some(hostile());
    plan.payer.address = hostile();
    plan.layout_diagram = Some(hostile());
    plan.sizes.add(64);
    let mut run = samples::run();
    run.subject = subject();
    run.stopped = Some(hostile());
    run.quarantined.push(Reason {
        address: hostile(),
        reason: hostile(),
    });
    run.calls.insert(hostile(), 1);
    let mut verify = samples::failed_verify();
    verify.subject = subject();
    verify.left_over[0].accounts.push(hostile());
    verify.payer.address = hostile();
    verify.accounts.changed.push(Changed {
        address: hostile(),
        signature: hostile(),
        fields: vec![ChangedField {
            field: hostile(),
            old: hostile(),
            new: hostile(),
        }],
        lamports: i64::MIN,
    });
    vec![plan.html(), run.html(), verify.html()]
}

#[test]
fn pages_are_well_formed_and_nothing_in_them_acts() {
    const ELEMENTS: &str = "html head meta title style body h1 h2 p dl div dt dd section table thead tbody \
        tr th td code span figure img svg text line rect polygon polyline circle";
    const ATTRIBUTES: &str = "lang charset name content class style alt src viewBox role aria-label x y x1 x2 \
        y1 y2 width height points cx cy r text-anchor";
    for page in hostile_pages() {
        let html = Html::parse_document(&page);
        assert_eq!(html.errors, Vec::<String>::new(), "{page}");
        for element in html.select(&Selector::parse("*").unwrap()) {
            let element = element.value();
            let known = |name: &str, all: &str| all.split_whitespace().any(|known| known == name);
            assert!(known(element.name(), ELEMENTS), "{}", element.name());
            for (name, value) in element.attrs() {
                assert!(known(name, ATTRIBUTES), "{name}");
                assert!(
                    name != "src" || value.starts_with("data:image/svg+xml;base64,"),
                    "{value}"
                );
                assert!(name != "style" || value.starts_with("width:"), "{value}");
            }
        }
        assert!(!page.contains("url(") && !page.contains("@import"));
        let cell = Selector::parse("td").unwrap();
        let shown = html
            .select(&cell)
            .filter(|cell| cell.text().collect::<String>() == plain(HOSTILE));
        assert!(shown.count() > 0, "{page}");
    }
}

#[test]
fn nothing_controls_a_terminal_or_breaks_a_table() {
    let report = samples::failed_verify();
    let controls = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
    for text in [report.text(), report.markdown()] {
        assert!(!text.contains(controls), "{text:?}");
        let lines = text.lines().filter(|line| line.contains("alert(1)"));
        assert_eq!(lines.count(), 2);
    }
}
