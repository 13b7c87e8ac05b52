//! A verification as a document.

use crate::report::{
    Changed, List, VerifyReport,
    document::{Block, Cell, Document, Section, Table, Verdict, number, text},
    number::{counted, grouped},
    reasons,
};

impl VerifyReport {
    pub(super) fn document(&self) -> Document {
        let subject = &self.subject;
        let mut about = subject.about();
        about.push(("payer", Cell::Code(self.payer.address.clone())));
        if let Some(listing) = self.left_over.last() {
            about.push(("slot", Cell::Number(listing.slot)));
        }
        let mut sections = vec![self.checks(), self.lamports()];
        for listing in &self.left_over {
            let left = findings("Left in the old layout", &listing.accounts, addresses);
            sections.extend(left);
        }
        if let Some(listing) = self.left_over.last() {
            let title = "Not of the plan: their owners can migrate them";
            sections.extend(findings(title, &listing.others, addresses));
        }
        sections.extend(findings("Quarantined", &self.quarantined, reasons));
        sections.extend(findings(
            "Not as they should be",
            &self.accounts.failed,
            reasons,
        ));
        sections.extend(findings(
            "Changed by their users",
            &self.accounts.changed,
            changes,
        ));
        Document {
            title: format!(
                "Verification: {} from {} to {}",
                counted(self.accounts.checked, "account"),
                subject.from,
                subject.to
            ),
            verdict: Verdict {
                good: self.has_passed(),
                text: match self.has_passed() {
                    true => "Every check passed, at finalized slots.".to_owned(),
                    false => "Not every check passed.".to_owned(),
                },
            },
            about,
            figures: vec![
                ("accounts checked", grouped(self.accounts.checked)),
                ("equal", grouped(self.accounts.equal)),
                ("changed by users", grouped(self.accounts.changed.count)),
                ("failed", grouped(self.accounts.failed.count)),
            ],
            sections,
        }
    }

    fn checks(&self) -> Section {
        let check = |passed: bool, what: String, found: String| {
            vec![Cell::Passed(passed), Cell::Text(what), Cell::Text(found)]
        };
        let (from, to) = (&self.subject.from, &self.subject.to);
        let mut rows: Vec<_> = self
            .left_over
            .iter()
            .map(|listing| {
                let planned = if self.planned_only { "planned " } else { "" };
                let what = format!(
                    "no {planned}{from} is left at slot {}",
                    grouped(listing.slot)
                );
                let mut found = format!("{} left", grouped(listing.accounts.count));
                if self.planned_only {
                    found += &format!(", {} not of the plan", grouped(listing.others.count));
                }
                check(listing.accounts.is_empty(), what, found)
            })
            .collect();
        if rows.is_empty() {
            rows.push(check(
                false,
                format!("no {from} is left"),
                "not listed".to_owned(),
            ));
        }
        let accounts = &self.accounts;
        let found = format!(
            "{} equal, {} changed by users, {} unexplained",
            grouped(accounts.equal),
            grouped(accounts.changed.count),
            grouped(accounts.failed.count)
        );
        rows.extend([
            check(
                self.quarantined.is_empty(),
                "no account is quarantined".to_owned(),
                format!("{} quarantined", grouped(self.quarantined.count)),
            ),
            check(
                accounts.failed.is_empty(),
                format!(
                    "every {} account decodes as {to}, with the fields and lamports of its snapshot",
                    self.subject.done().replace(' ', "-")
                ),
                found,
            ),
            check(
                self.payer.reconciled(),
                "the payer paid what the journal says, to the lamport".to_owned(),
                self.payer_finding(),
            ),
        ]);
        Section {
            title: "Checks",
            blocks: vec![Block::Table(Table {
                columns: vec![text(""), text("check"), text("found")],
                rows,
                bars: Vec::new(),
            })],
        }
    }

    fn payer_finding(&self) -> String {
        let payer = &self.payer;
        let audited = match payer.audited {
            0 => String::new(),
            count => format!(
                "; {} read from the ledger, {} corrected, {} no longer there",
                counted(count, "transaction"),
                grouped(payer.corrected),
                grouped(payer.unknown)
            ),
        };
        match payer.by_others() {
            0 => format!("no lamport differs{audited}"),
            moved => format!(
                "other transactions moved {} lamports{audited}",
                account_layout::text::signed(moved)
            ),
        }
    }

    fn lamports(&self) -> Section {
        let payer = &self.payer;
        let row = |name: &str, lamports| vec![Cell::Text(name.to_owned()), lamports];
        let paid = |lamports: u64| Cell::Signed(-i128::from(lamports));
        let mut rows = vec![
            row(
                "before the first transaction",
                Cell::Number(payer.before.unwrap_or(payer.now)),
            ),
            row("fees", paid(payer.fees)),
            row("rent", paid(payer.top_up)),
        ];
        if payer.by_authority != 0 {
            let by_authority = Cell::Signed(payer.by_authority.into());
            rows.push(row("of it by the authority", by_authority));
        }
        rows.push(row("other transactions", Cell::Signed(payer.by_others())));
        rows.push(row("now", Cell::Number(payer.now)));
        let table = Table {
            columns: vec![text(""), number("lamports")],
            rows,
            bars: Vec::new(),
        };
        Section {
            title: "Lamports of the payer",
            blocks: vec![Block::Table(table)],
        }
    }
}

fn findings<T>(
    title: &'static str,
    list: &List<T>,
    table: impl Fn(&List<T>) -> Table,
) -> Option<Section> {
    if list.is_empty() {
        return None;
    }
    let mut blocks = vec![Block::Table(table(list))];
    blocks.extend(list.rest());
    Some(Section { title, blocks })
}

fn addresses(list: &List<String>) -> Table {
    let row = |address: &String| vec![Cell::Code(address.clone())];
    Table {
        columns: vec![text("account")],
        rows: list.first.iter().map(row).collect(),
        bars: Vec::new(),
    }
}

fn changes(list: &List<Changed>) -> Table {
    let row = |change: &Changed| {
        let fields = change.fields.iter();
        let mut what: Vec<_> = fields
            .map(|field| format!("{}: {} became {}", field.field, field.old, field.new))
            .collect();
        if change.lamports != 0 {
            let lamports = account_layout::text::signed(change.lamports.into());
            what.push(format!("{lamports} lamports"));
        }
        vec![
            Cell::Code(change.address.clone()),
            Cell::Text(what.join("; ")),
            Cell::Code(change.signature.clone()),
        ]
    };
    Table {
        columns: vec![text("account"), text("change"), text("newest transaction")],
        rows: list.first.iter().map(row).collect(),
        bars: Vec::new(),
    }
}
