//! The table of all changes: what the article says, what happens, what the checker says.

use {
    crate::{
        manifest::{Article, Case, Manifest, Verdict},
        programs, run,
    },
    anyhow::{Context, Result, ensure},
    svm_harness::Backend,
};

const HEAD: &str = "\
| change | article | an old client meets | checker | agree |
| --- | --- | --- | --- | --- |
";

/// More probes than these are counted; `change.toml` names them.
const NAMED_PROBES: usize = 3;

/// The table as Markdown, the compatible changes first. Every case of every folder is executed on the real `.so` for it.
///
/// # Errors
/// When a folder is not whole, or contradicts the article without a note that says why.
pub async fn render() -> Result<String> {
    let mut rows = Vec::new();
    for folder in programs::changes() {
        let row = row(folder).await;
        rows.push(row.with_context(|| format!("programs/{folder}"))?);
    }
    rows.sort_by_key(|(verdict, _)| *verdict);
    Ok(rows
        .into_iter()
        .fold(HEAD.to_owned(), |table, (_, row)| table + &row))
}

async fn row(folder: &str) -> Result<(Verdict, String)> {
    let manifest = Manifest::read(folder)?;
    let mut met = Vec::new();
    let mut checked = Vec::new();
    for case in &manifest.cases {
        met.push(under(case, &outcome(folder, case).await?));
        checked.push(under(case, &verdict(folder, case)?));
    }
    let rule = match &manifest.rule {
        Some(rule) => format!("`{rule}`"),
        None => "nothing to find".to_owned(),
    };
    let verdict = manifest.verdict();
    let row = format!(
        "| [{}](programs/{folder}) | {} | **{verdict}**<br>{} | {rule}<br>{} | {} |\n",
        manifest.change,
        manifest.article,
        met.join("<br>"),
        checked.join("<br>"),
        agreement(&manifest)?,
    );
    Ok((verdict, row))
}

/// What is met, each outcome once with the probes that end so.
async fn outcome(folder: &str, case: &Case) -> Result<String> {
    let mut outcomes: Vec<(String, Vec<String>)> = Vec::new();
    for (probe, difference) in run::differences(folder, case, Backend::Loader).await? {
        let difference = difference.to_string();
        match outcomes.iter_mut().find(|(known, _)| *known == difference) {
            Some((_, probes)) => probes.push(probe),
            None => outcomes.push((difference, vec![probe])),
        }
    }
    if outcomes.is_empty() {
        return Ok("works, with the same meaning".to_owned());
    }
    let lines = outcomes.into_iter().map(|(difference, probes)| {
        if probes.len() > NAMED_PROBES {
            format!("{difference} ({} probes)", probes.len())
        } else {
            format!("{difference} (`{}`)", probes.join("`, `"))
        }
    });
    Ok(lines.collect::<Vec<_>>().join("<br>"))
}

fn verdict(folder: &str, case: &Case) -> Result<String> {
    let verdict = Verdict::from(run::check(folder, &case.assumptions)?.severity());
    Ok(match &case.needs_assumptions {
        Some(why) => format!("{verdict}, under assumptions: {why}"),
        None => verdict.to_string(),
    })
}

fn under(case: &Case, what: &str) -> String {
    match &case.condition {
        Some(condition) => format!("*{condition}:* {what}"),
        None => what.to_owned(),
    }
}

/// `yes`, or why the article says something else.
fn agreement(manifest: &Manifest) -> Result<&str> {
    let same = match manifest.article {
        Article::Compatible => manifest.verdict() == Verdict::Compatible,
        Article::Conditional => manifest.verdict() == Verdict::Conditional,
        Article::Breaking => manifest.verdict() == Verdict::Breaking,
        Article::Silent => true,
    };
    ensure!(
        same || manifest.note.is_some(),
        "the article says {}, an old client meets {}: add a note that says why",
        manifest.article,
        manifest.verdict()
    );
    Ok(manifest.note.as_deref().unwrap_or("yes"))
}
