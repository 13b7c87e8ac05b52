//! The arguments of the command, and what it does.

use {
    crate::{source, wording::Wording},
    account_layout::{Layout, Manifest, diagram, manifest::Migration},
    anyhow::{Context, Result, bail},
    clap::{Args, Parser, Subcommand, ValueEnum},
    idl_compat::{
        Assumptions, Report, Severity,
        accept::Acceptances,
        assumptions::AssumptionsError,
        compare, elf, explain, migrations,
        report::{self, Check, Document, Pair},
    },
    std::{
        env,
        io::{self, ErrorKind, IsTerminal, Write},
        path::{Path, PathBuf},
    },
};

/// Reports which deployed clients and which live accounts an upgrade breaks, before it is deployed.
#[derive(Parser)]
#[command(version)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Compares the IDL of the deployed release with that of the new one.
    ///
    /// Exits with 0 if they are compatible, with 1 if something breaks that is not accepted or the accept
    /// file is out of date, and with 2 if the arguments or a file cannot be used.
    Check(CheckArguments),
    /// Prints what a rule means and what to do instead.
    Explain {
        /// For example `argument-added`
        rule: String,
    },
    /// Lists all rules.
    Rules,
    /// Draws the bytes of an account, an event or a type, or of two to compare.
    Layout(LayoutArguments),
}

#[derive(Args)]
struct CheckArguments {
    /// The deployed IDL: a file, or a directory of releases, in which every IDL of NEW's program is compared
    old: String,
    /// The IDL of the new release
    new: String,
    /// Reads OLD, and NEW if it has a colon, from a revision of git, as REF:PATH
    #[arg(long)]
    git: bool,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// What IDLs do not say of live accounts and deployed clients
    #[arg(long, visible_alias = "facts", value_name = "ASSUMPTIONS.toml")]
    assumptions: Option<PathBuf>,
    /// The binary of the new release, whose stack frames are measured
    #[arg(long, value_name = "NEW.so")]
    elf: Option<PathBuf>,
    /// Findings that are accepted, each with its reason
    #[arg(long, value_name = "FILE")]
    accept: Option<PathBuf>,
    /// Migrations of accounts, which are verified, and drawn with --format svg
    #[arg(long, value_name = "FILE")]
    migrations: Option<PathBuf>,
    /// Lamports per byte for the rent of migrations [default: 6960 and 5080, both]
    #[arg(long, value_name = "LAMPORTS", requires = "migrations")]
    lamports_per_byte: Option<u64>,
    /// The least severity that makes the check fail
    #[arg(long, value_enum, default_value_t = FailOn::Breaking)]
    fail_on: FailOn,
}

#[derive(Args)]
struct LayoutArguments {
    /// The IDL that has the type
    idl: PathBuf,
    /// The name of an account, an event or a type
    r#type: String,
    /// The IDL to compare with
    new_idl: Option<PathBuf>,
    /// The type to compare with, if it has another name
    new_type: Option<String>,
    #[arg(long, value_enum, default_value_t = LayoutFormat::Text)]
    format: LayoutFormat,
    #[command(flatten)]
    wording: Wording,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
    Sarif,
    Github,
    Markdown,
    Svg,
}

#[derive(Clone, Copy, ValueEnum)]
enum LayoutFormat {
    Text,
    Svg,
}

#[derive(Clone, Copy, ValueEnum)]
enum FailOn {
    Breaking,
    Conditional,
}

/// Does what the arguments say, and returns whether what was checked is compatible.
pub fn run(arguments: Arguments) -> Result<bool> {
    match arguments.command {
        Command::Check(arguments) => check(&arguments),
        Command::Explain { rule } => {
            let known = explain::rule(&rule);
            let known = known
                .with_context(|| format!("`{rule}` is no rule: `idl-compat rules` lists them"))?;
            print(&explain::explain(known))?;
            Ok(true)
        }
        Command::Rules => {
            print(&explain::list())?;
            Ok(true)
        }
        Command::Layout(arguments) => {
            print(&layout(&arguments)?)?;
            Ok(true)
        }
    }
}

fn check(arguments: &CheckArguments) -> Result<bool> {
    let (new, olds) = idls(arguments)?;
    let old_idls: Vec<_> = olds.iter().map(|old| &old.read.idl).collect();
    let assumptions = match &arguments.assumptions {
        Some(path) => read(path, |text| {
            let assumptions = Assumptions::parse(text)?;
            assumptions.check_any(&old_idls, &new.read.idl)?;
            Ok::<_, AssumptionsError>(assumptions)
        })?,
        None => Assumptions::default(),
    };
    let is_rule = |id: &str| explain::rule(id).is_some();
    let acceptances = match &arguments.accept {
        Some(path) => read(path, |text| Acceptances::read(text, is_rule))?,
        None => Acceptances::default(),
    };
    let manifest = arguments.migrations.as_ref();
    let manifest = manifest
        .map(|path| read(path, |text| Manifest::read(text, &new.read.idl)))
        .transpose()?;
    let rates = match &arguments.lamports_per_byte {
        Some(rate) => std::slice::from_ref(rate),
        None => &migrations::LAMPORTS_PER_BYTE,
    };
    let mut frames = Vec::new();
    if let Some(path) = &arguments.elf {
        let name = path.display().to_string();
        let elf = source::bytes(path)?;
        frames = elf::findings(&name, &elf).with_context(|| format!("cannot examine {name}"))?;
    }

    let mut pairs = Vec::new();
    for old in &olds {
        let (old_idl, new_idl) = (&old.read.idl, &new.read.idl);
        let mut findings = compare(old_idl, new_idl, &assumptions);
        findings.extend_from_slice(&frames);
        if let Some(manifest) = &manifest {
            findings.extend(migrations::verify(
                manifest, old_idl, &old_idls, new_idl, rates,
            ));
        }
        pairs.push(Pair {
            old: old.clone(),
            findings: acceptances.judge(Report::new(findings).findings),
        });
    }
    let findings = pairs.iter().flat_map(|pair| &pair.findings);
    let stale = acceptances.stale(findings.map(|judged| &judged.finding));
    let check = Check {
        new,
        pairs,
        stale,
        fail_on: arguments.fail_on.into(),
    };
    for document in check.pairs.iter().map(|pair| &pair.old).chain([&check.new]) {
        for note in &document.read.notes {
            eprintln!("note: {}: {note}", document.read.name);
        }
    }
    let migrations = manifest.map_or_else(Vec::new, |manifest| manifest.migrations);
    print(&render(&check, &migrations, arguments.format)?)?;
    Ok(check.passes())
}

/// The new IDL, and the deployed ones.
fn idls(arguments: &CheckArguments) -> Result<(Document, Vec<Document>)> {
    let CheckArguments { old, new, git, .. } = arguments;
    let new_file = Path::new(new);
    let read = match *git && new.contains(':') {
        true => source::git(new)?,
        false => source::file(new_file)?,
    };
    let olds = match Path::new(old) {
        _ if *git => vec![source::git(old)?],
        directory if directory.is_dir() => {
            source::releases(directory, new_file, &read.read.idl.metadata.name)?
        }
        file => vec![source::file(file)?],
    };
    Ok((read, olds))
}

fn render(check: &Check, migrations: &[Migration], format: Format) -> Result<String> {
    Ok(match format {
        Format::Text => {
            let no_color = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
            report::text(check, io::stdout().is_terminal() && !no_color)
        }
        Format::Json => report::json(check)?,
        Format::Sarif => report::sarif(check)?,
        Format::Github => report::github(check),
        Format::Markdown => report::markdown(check),
        Format::Svg => report::svg(check, migrations)?,
    })
}

fn layout(arguments: &LayoutArguments) -> Result<String> {
    let LayoutArguments {
        idl,
        r#type,
        new_idl,
        new_type,
        format,
        wording,
    } = arguments;
    let read = |path: &Path, name: &str| -> Result<Layout> {
        let document = source::file(path)?;
        let layout = Layout::of(&document.read.idl, name);
        layout.with_context(|| format!("cannot lay out `{name}` of {}", path.display()))
    };
    let old = read(idl, r#type)?;
    let Some(new_idl) = new_idl else {
        return Ok(match format {
            LayoutFormat::Text => diagram::text(&old),
            LayoutFormat::Svg => diagram::svg(&old),
        });
    };
    let new = read(new_idl, new_type.as_deref().unwrap_or(r#type))?;
    Ok(match format {
        LayoutFormat::Text => wording.text(&old, &new),
        LayoutFormat::Svg => wording.svg(&old, &new),
    })
}

/// Reads a file; an error names it.
fn read<T, E>(path: &Path, parse: impl FnOnce(&str) -> Result<T, E>) -> Result<T>
where
    E: std::error::Error + Send + Sync + 'static,
{
    let text = source::text(path)?;
    parse(&text).with_context(|| format!("cannot use {}", path.display()))
}

/// Writes to standard output. Whoever does not read all of it still gets the exit status.
fn print(text: &str) -> Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
    {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            bail!("cannot write to standard output: {error}")
        }
        _ => Ok(()),
    }
}

impl From<FailOn> for Severity {
    fn from(fail_on: FailOn) -> Self {
        match fail_on {
            FailOn::Breaking => Self::Breaking,
            FailOn::Conditional => Self::Conditional,
        }
    }
}
