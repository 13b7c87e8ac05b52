//! `cargo run -p lifecycle`: prints every step and writes `target/lifecycle/index.html`.

use {
    anyhow::{Context, Result},
    clap::{
        Parser,
        builder::{PossibleValue, PossibleValuesParser},
    },
    lifecycle::{
        page,
        step::summary,
        story::{PICTURE, SEQUELS, Story},
    },
    std::fs,
    support::workspace::in_workspace,
};

/// Takes a live program and its accounts from release 1 to the newest, in this process. Stops at the
/// first step that does not do what it claims.
#[derive(Parser)]
struct Arguments {
    /// What follows then.
    #[arg(value_parser = PossibleValuesParser::new(sequel_names()))]
    sequel: Option<String>,
}

fn sequel_names() -> impl Iterator<Item = PossibleValue> {
    SEQUELS
        .iter()
        .map(|sequel| PossibleValue::new(sequel.name).help(sequel.about))
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let mut story = Story::begin().await;
    let mut pictures = vec![picture(PICTURE)?];
    story.in_place().await?;
    for sequel in SEQUELS {
        if arguments.sequel.as_deref() == Some(sequel.name) {
            (sequel.play)(&mut story).await?;
            pictures.push(picture(sequel.picture)?);
        }
    }
    let steps = story.into_steps();

    let folder = in_workspace("target/lifecycle");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let file = folder.join("index.html");
    fs::write(&file, page::render(&steps, &pictures))
        .with_context(|| format!("cannot write {}", file.display()))?;

    println!("\n{}", summary(&steps));
    println!("The steps and the layout diagram: target/lifecycle/index.html");
    Ok(())
}

/// A picture of the documentation.
fn picture(path: &str) -> Result<String> {
    fs::read_to_string(in_workspace(path)).with_context(|| format!("cannot read {path}"))
}
