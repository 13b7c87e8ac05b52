//! How the layout diagram of two account types words what became of their bytes.

use {
    account_layout::{Diagram, Layout, text::signed},
    clap::Args,
    idl_compat::migrations::LAMPORTS_PER_BYTE,
};

/// Bytes that rent is charged for in addition to an account's data.
const OVERHEAD: i128 = 128;

#[derive(Args)]
pub struct Wording {
    /// A field that has another name in the new layout; may be given again
    #[arg(long, value_name = "OLD=NEW", value_parser = pair, requires = "new_idl")]
    renamed: Vec<(String, String)>,
    /// What the legend says of fields that both layouts have
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "kept",
        requires = "new_idl"
    )]
    kept: String,
    /// What the legend says of fields that only the new layout has
    #[arg(long, value_name = "TEXT", default_value = "new", requires = "new_idl")]
    added: String,
    /// Says how the length and the rent-exempt minimum change
    #[arg(long, requires = "new_idl")]
    rent: bool,
    /// Bytes that stay at the old address, if the new account has another one
    #[arg(long, value_name = "BYTES", requires = "rent")]
    left_behind: Option<u64>,
}

impl Wording {
    pub fn text(&self, old: &Layout, new: &Layout) -> String {
        let mut text = self.diagram(old, new, |diagram| diagram.text());
        if let Some(caption) = self.caption(old, new) {
            text.push_str(&caption);
            text.push('\n');
        }
        text
    }

    pub fn svg(&self, old: &Layout, new: &Layout) -> String {
        self.diagram(old, new, |diagram| diagram.svg())
    }

    fn diagram(&self, old: &Layout, new: &Layout, draw: fn(&Diagram) -> String) -> String {
        let renamed = self.renamed.iter();
        let renamed: Vec<_> = renamed.map(|(old, new)| (&old[..], &new[..])).collect();
        draw(&Diagram {
            old,
            new,
            renamed: &renamed,
            kept: &self.kept,
            added: &self.added,
            caption: &self.caption(old, new).unwrap_or_default(),
        })
    }

    fn caption(&self, old: &Layout, new: &Layout) -> Option<String> {
        let growth = bytes(new) - bytes(old);
        let (charged, left, accounts) = match self.left_behind {
            Some(left) => (
                growth + i128::from(left) + OVERHEAD,
                format!(", and {left} stay at the old address"),
                " of both accounts",
            ),
            // What is charged besides the data is the same before and after.
            None => (growth, String::new(), ""),
        };
        let rents = LAMPORTS_PER_BYTE.map(|rate| {
            let lamports = signed(charged * i128::from(rate));
            format!("{lamports} lamports at {rate} per byte")
        });
        let rents = rents.join(", ");
        let caption = format!("{growth:+} bytes{left}; rent-exempt minimum{accounts} {rents}");
        self.rent.then_some(caption)
    }
}

/// Bytes of the smallest account, with its discriminator.
fn bytes(layout: &Layout) -> i128 {
    i128::from(layout.min_len) + layout.discriminator.len() as i128
}

/// `OLD=NEW`
fn pair(text: &str) -> Result<(String, String), String> {
    let (old, new) = text.split_once('=').ok_or("it is not OLD=NEW")?;
    Ok((old.to_owned(), new.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caption(lens: [u64; 2], left_behind: Option<u64>) -> String {
        let [old, new] = lens.map(|min_len| Layout {
            name: "Vault".to_owned(),
            discriminator: vec![1; 8],
            fields: Vec::new(),
            min_len,
            exact: true,
        });
        let wording = Wording {
            renamed: Vec::new(),
            kept: String::new(),
            added: String::new(),
            rent: true,
            left_behind,
        };
        wording.caption(&old, &new).unwrap()
    }

    #[test]
    fn growth_is_charged_at_both_rates() {
        assert_eq!(
            caption([40, 88], None),
            "+48 bytes; rent-exempt minimum +334,080 lamports at 6960 per byte, \
             +243,840 lamports at 5080 per byte"
        );
        assert!(caption([88, 40], None).starts_with("-48 bytes; rent-exempt minimum -334,080"));
    }

    #[test]
    fn a_second_account_is_charged_for_its_overhead_too() {
        assert_eq!(
            caption([88, 133], Some(8)),
            "+45 bytes, and 8 stay at the old address; rent-exempt minimum of both accounts \
             +1,259,760 lamports at 6960 per byte, +919,480 lamports at 5080 per byte"
        );
    }
}
