//! A plan as a document.

use {
    crate::report::{
        Balances, Estimate, Histogram, PlanReport,
        document::{
            Block, Cell, Document, LAMPORTS, Section, Table, Verdict, lamports, number, text,
        },
        number::{counted, duration, grouped, sol},
        plot::{self, Axes},
    },
    base64::{Engine, prelude::BASE64_STANDARD},
    maud::{Markup, html},
};

/// Most lengths of accounts that are listed one by one.
const MOST_SIZES: usize = 12;

impl PlanReport {
    pub(super) fn document(&self) -> Document {
        let subject = &self.subject;
        let mut about = subject.about();
        about.push(("payer", Cell::Code(self.payer.address.clone())));
        about.push(("slot", Cell::Number(self.slot)));
        let mut sections = Vec::new();
        if !self.is_ready() {
            let problems = self.problems.iter().cloned().map(Block::Text);
            sections.push(Section {
                title: "To be mended before a run",
                blocks: problems.collect(),
            });
        }
        sections.push(self.accounts());
        sections.push(self.rent());
        if let Some(estimate) = &self.estimate {
            sections.push(self.costs(estimate));
            sections.push(transactions(estimate));
        }
        if !self.sample.is_empty() {
            sections.push(self.simulations());
        }
        Document {
            title: format!(
                "Plan: {} from {} to {}",
                counted(self.from.accounts, "account"),
                subject.from,
                subject.to
            ),
            verdict: self.verdict(),
            about,
            figures: self.figures(),
            sections,
        }
    }

    fn verdict(&self) -> Verdict {
        let text = match (self.problems.len() as u64, self.from.accounts) {
            (0, 0) => "There is nothing to do.".to_owned(),
            (0, _) => "Everything is ready for a run. Nothing was sent.".to_owned(),
            (count, _) if self.needs_new_plan => format!(
                "{} must be mended before a new plan; this one was not kept.",
                counted(count, "problem")
            ),
            (count, _) => format!("{} must be mended before a run.", counted(count, "problem")),
        };
        Verdict {
            good: self.is_ready(),
            text,
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        let mut figures = vec![("accounts", grouped(self.from.accounts))];
        if let Some(Estimate {
            transactions, time, ..
        }) = &self.estimate
        {
            figures.extend([
                ("transactions", grouped(transactions.count)),
                ("SOL", sol(self.cost())),
                ("time", duration(time.seconds)),
            ]);
        }
        figures
    }

    fn accounts(&self) -> Section {
        let row = |name: &str, count: &super::LayoutCount| {
            vec![
                Cell::Code(name.to_owned()),
                Cell::Number(count.accounts),
                Cell::Number(count.bytes),
            ]
        };
        let layouts = Table {
            columns: vec![text("layout"), number("accounts"), number("bytes")],
            rows: vec![
                row(&self.subject.from, &self.from),
                row(&self.subject.to, &self.to),
            ],
            bars: vec![self.from.accounts, self.to.accounts],
        };
        let mut blocks = vec![Block::Table(layouts)];
        if self.sizes.bins.len() > 1 {
            blocks.push(Block::Text(format!(
                "The {} accounts have different lengths:",
                self.subject.from
            )));
            blocks.push(Block::Table(sizes(&self.sizes)));
        }
        blocks.extend(self.picture().map(Block::Picture));
        Section {
            title: "Accounts",
            blocks,
        }
    }

    /// An image keeps the diagram's own styles from the page.
    fn picture(&self) -> Option<Markup> {
        let svg = BASE64_STANDARD.encode(self.layout_diagram.as_ref()?);
        let source = format!("data:image/svg+xml;base64,{svg}");
        let text = format!(
            "The bytes of {} and of {}",
            self.subject.from, self.subject.to
        );
        Some(html! { img src=(source) alt=(text); })
    }

    fn rent(&self) -> Section {
        let rent = &self.rent;
        let enough = self.from.accounts.saturating_sub(rent.short);
        let table = Table {
            columns: LAMPORTS.to_vec(),
            rows: vec![
                lamports(
                    format!("rent-exempt minimum of {} bytes", grouped(rent.data_len)),
                    self.balances.minimum,
                ),
                lamports(
                    format!("lacking in {}", counted(rent.short, "account")),
                    rent.top_up,
                ),
                lamports(
                    format!(
                        "above the minimum in {}; stays there",
                        counted(enough, "account")
                    ),
                    rent.surplus,
                ),
            ],
            bars: Vec::new(),
        };
        let mut blocks = vec![Block::Table(table)];
        if self.from.accounts > 0 {
            blocks.push(Block::Plot(balances(&self.balances)));
        }
        Section {
            title: "Rent",
            blocks,
        }
    }

    fn costs(&self, estimate: &Estimate) -> Section {
        let fees = &estimate.fees;
        let signatures = estimate
            .transactions
            .count
            .saturating_mul(estimate.transactions.signatures);
        let table = Table {
            columns: LAMPORTS.to_vec(),
            rows: vec![
                lamports(
                    format!("base fees of {}", counted(signatures, "signature")),
                    fees.base,
                ),
                lamports(
                    format!(
                        "priority fees at {} micro-lamports per compute unit",
                        grouped(fees.micro_lamports_per_compute_unit)
                    ),
                    fees.priority,
                ),
                lamports("rent", self.rent.top_up),
                lamports("all", self.cost()),
                lamports(
                    "the payer must have, with its own rent-exempt minimum",
                    self.payer.needed,
                ),
                lamports("the payer has", self.payer.lamports),
            ],
            bars: vec![fees.base, fees.priority, self.rent.top_up],
        };
        Section {
            title: "Cost",
            blocks: vec![Block::Table(table)],
        }
    }

    fn simulations(&self) -> Section {
        let row = |(index, sampled): (u64, &super::Sampled)| {
            let result = match &sampled.failure {
                None => Cell::Passed(true),
                Some(failure) => Cell::Text(failure.clone()),
            };
            vec![
                Cell::Number(index),
                Cell::Number(sampled.accounts),
                Cell::Number(sampled.bytes),
                Cell::Number(sampled.top_up),
                Cell::Number(sampled.compute_units),
                result,
            ]
        };
        let table = Table {
            columns: vec![
                number("#"),
                number("accounts"),
                number("bytes"),
                number("rent, lamports"),
                number("compute units"),
                text("result"),
            ],
            rows: (1..).zip(&self.sample).map(row).collect(),
            bars: Vec::new(),
        };
        Section {
            title: "Simulated transactions",
            blocks: vec![Block::Table(table)],
        }
    }
}

fn transactions(estimate: &Estimate) -> Section {
    let Estimate {
        transactions, time, ..
    } = estimate;
    let fact = |name: &str, value: Cell| vec![Cell::Text(name.to_owned()), value];
    let table = Table {
        columns: vec![text(""), number("")],
        rows: vec![
            fact("transactions", Cell::Number(transactions.count)),
            fact("accounts in each", Cell::Number(transactions.accounts)),
            fact("bytes of the largest", Cell::Number(transactions.bytes)),
            fact(
                "compute-unit limit of the dearest",
                Cell::Number(transactions.compute_unit_limit.into()),
            ),
            fact(
                "transactions per second",
                Cell::Number(time.transactions_per_second),
            ),
            fact(
                "until the last one is sent",
                Cell::Text(duration(time.seconds)),
            ),
            fact("slots until it is final", Cell::Number(time.slots)),
        ],
        bars: Vec::new(),
    };
    Section {
        title: "Transactions and time",
        blocks: vec![Block::Table(table)],
    }
}

fn sizes(sizes: &Histogram) -> Table {
    let range = |from: u64| match sizes.width {
        1 => grouped(from),
        width => format!(
            "{} to {}",
            grouped(from),
            grouped(from.saturating_add(width - 1))
        ),
    };
    let mut rows: Vec<(String, u64)> = sizes
        .bins
        .iter()
        .take(MOST_SIZES)
        .map(|(from, count)| (range(*from), *count))
        .collect();
    if let Some((from, _)) = sizes.bins.iter().nth(MOST_SIZES) {
        let rest = sizes.bins.range(from..).map(|(_, count)| *count);
        let rest = rest.fold(0, u64::saturating_add);
        rows.push((format!("{} or more", grouped(*from)), rest));
    }
    Table {
        columns: vec![number("bytes"), number("accounts")],
        bars: rows.iter().map(|(_, count)| *count).collect(),
        rows: rows
            .into_iter()
            .map(|(size, count)| vec![Cell::Text(size), Cell::Number(count)])
            .collect(),
    }
}

fn balances(balances: &Balances) -> Markup {
    let edge = |n: u64| {
        let lamports = u128::from(balances.minimum) * u128::from(n) / 20;
        u64::try_from(lamports).unwrap_or(u64::MAX)
    };
    let column = |(n, count): (u64, &u64)| plot::Bar {
        count: *count,
        label: format!("{} to {} lamports", grouped(edge(n)), grouped(edge(n + 1))),
        is_marked: n < 20,
    };
    let mut columns: Vec<_> = (0..).zip(&balances.twentieths).map(column).collect();
    columns.push(plot::Bar {
        count: balances.more,
        label: format!("{} lamports or more", grouped(edge(40))),
        is_marked: false,
    });
    let title = format!(
        "Accounts by their lamports; those below {} lack rent",
        grouped(balances.minimum)
    );
    let edges = [0, 20, 40].map(|n| (n, grouped(edge(n))));
    plot::columns(
        Axes {
            title: &title,
            x: "lamports; orange: less than the new minimum",
            y: "accounts",
        },
        &columns,
        &edges,
    )
}
