//! A run as a document.

use crate::report::{
    Histogram, RunLamports, RunReport,
    document::{Block, Cell, Document, LAMPORTS, Section, Table, Verdict, lamports, number, text},
    number::{counted, grouped, sol},
    plot::{self, Axes},
    reasons,
};

/// Columns of the plot of compute units.
const COLUMNS: u64 = 24;

impl RunReport {
    pub(super) fn document(&self) -> Document {
        let subject = &self.subject;
        let mut about = subject.about();
        if let Some(slots) = self.slots {
            let slots = format!("{} to {}", grouped(slots.first), grouped(slots.last));
            about.push(("slots", Cell::Text(slots)));
        }
        let mut sections = vec![self.accounts_section()];
        if !self.quarantined.is_empty() {
            sections.push(self.quarantined_section());
        }
        sections.extend([self.lamports_section(), self.transactions_section()]);
        sections.push(self.calls_section());
        Document {
            title: format!(
                "Run: {} from {} to {}",
                counted(self.accounts.planned, "account"),
                subject.from,
                subject.to
            ),
            verdict: self.verdict(),
            about,
            figures: vec![
                (subject.done(), grouped(self.accounts.migrated)),
                ("transactions", grouped(self.transactions.landed)),
                ("SOL", sol(self.lamports.spent())),
            ],
            sections,
        }
    }

    fn verdict(&self) -> Verdict {
        let text = match &self.stopped {
            Some(reason) => format!("Stopped: {reason}"),
            None if self.is_complete() => {
                let planned = if self.planned_only { " planned" } else { "" };
                format!("Every{planned} account is {}.", self.subject.done())
            }
            None => format!(
                "{} pending, {} quarantined.",
                grouped(self.accounts.pending),
                grouped(self.accounts.quarantined)
            ),
        };
        Verdict {
            good: self.is_complete(),
            text,
        }
    }

    fn accounts_section(&self) -> Section {
        let accounts = &self.accounts;
        let done = self.subject.done();
        let mut blocks = vec![Block::Table(counts(
            "accounts",
            [
                (done.to_owned(), accounts.migrated),
                (format!("{done} by others"), accounts.by_others),
                ("closed or given away".to_owned(), accounts.closed),
                ("quarantined".to_owned(), accounts.quarantined),
                ("pending".to_owned(), accounts.pending),
            ],
        ))];
        if let [(first, _), _, ..] = self.progress.points[..] {
            let title = format!("Accounts that are {done}, over slots");
            let x = format!("slots after {}", grouped(first));
            let axes = Axes {
                title: &title,
                x: &x,
                y: "accounts",
            };
            blocks.push(Block::Plot(plot::growth(axes, &self.progress.points)));
        }
        Section {
            title: "Accounts",
            blocks,
        }
    }

    fn quarantined_section(&self) -> Section {
        let mut blocks = vec![Block::Table(reasons(&self.quarantined))];
        blocks.extend(self.quarantined.rest());
        Section {
            title: "Quarantined",
            blocks,
        }
    }

    fn lamports_section(&self) -> Section {
        let RunLamports { fees, top_up, max } = self.lamports;
        let mut rows = vec![
            lamports("fees", fees),
            lamports("rent", top_up),
            lamports("all", self.lamports.spent()),
        ];
        rows.extend(max.map(|max| lamports("limit", max)));
        let table = Table {
            columns: LAMPORTS.to_vec(),
            rows,
            bars: vec![fees, top_up],
        };
        Section {
            title: "Cost",
            blocks: vec![Block::Table(table)],
        }
    }

    fn transactions_section(&self) -> Section {
        let transactions = &self.transactions;
        let mut blocks = vec![Block::Table(counts(
            "transactions",
            [
                ("landed".to_owned(), transactions.landed),
                ("landed with an error".to_owned(), transactions.failed),
                ("expired".to_owned(), transactions.expired),
                ("not sent".to_owned(), transactions.not_sent),
            ],
        ))];
        blocks.extend(compute_unit_limits(&self.compute_unit_limits));
        Section {
            title: "Transactions",
            blocks,
        }
    }

    fn calls_section(&self) -> Section {
        let calls = self
            .calls
            .iter()
            .map(|(name, count)| (name.clone(), *count));
        let mut blocks = vec![Block::Table(counts("calls", calls))];
        let all = self
            .calls
            .values()
            .fold(0, |all: u64, calls| all.saturating_add(*calls));
        if let Some(each) = u128::from(all)
            .saturating_mul(1_000)
            .checked_div(self.accounts.migrated.into())
        {
            let each = u64::try_from(each).unwrap_or(u64::MAX);
            blocks.push(Block::Text(format!(
                "{}, {} for each 1,000 accounts",
                counted(all, "call"),
                grouped(each)
            )));
        }
        Section {
            title: "Calls of the node",
            blocks,
        }
    }
}

fn counts(of: &'static str, rows: impl IntoIterator<Item = (String, u64)>) -> Table {
    let row = |(name, count)| (vec![Cell::Text(name), Cell::Number(count)], count);
    let (rows, bars) = rows.into_iter().map(row).unzip();
    Table {
        columns: vec![text(""), number(of)],
        rows,
        bars,
    }
}

/// `None` when there are none.
fn compute_unit_limits(limits: &Histogram) -> Option<Block> {
    let (first, _) = limits.bins.first_key_value()?;
    let (last, _) = limits.bins.last_key_value()?;
    if first == last && limits.width == 1 {
        return Some(Block::Text(format!(
            "Each transaction may take {} compute units.",
            grouped(*first)
        )));
    }
    let width = (last - first) / COLUMNS + 1;
    let edge = |n: u64| first.saturating_add(n.saturating_mul(width));
    let column = |n: u64| {
        let last = edge(n).saturating_add(width - 1);
        let inside = limits.bins.range(edge(n)..=last).map(|(_, count)| *count);
        plot::Bar {
            count: inside.fold(0, u64::saturating_add),
            label: format!("{} to {} compute units", grouped(edge(n)), grouped(last)),
            is_marked: false,
        }
    };
    let count = (last - first) / width + 1;
    let columns: Vec<_> = (0..count).map(column).collect();
    let edges = [0, count].map(|n| (n, grouped(edge(n))));
    let axes = Axes {
        title: "Transactions by their compute-unit limit",
        x: "compute-unit limit",
        y: "transactions",
    };
    Some(Block::Plot(plot::columns(axes, &columns, &edges)))
}
