//! `cargo run -p lifecycle`: prints every step and writes `target/lifecycle/index.html`.

use {
    anyhow::{Context, Result},
    clap::{Parser, Subcommand},
    lifecycle::{page, pictures, story::Story},
    std::fs,
    testkit::release::in_workspace,
};

/// Takes a live program and its accounts from release 1 to release 2, in this process. Stops at the
/// first step that does not do what it claims.
#[derive(Parser)]
#[command(disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Then moves the accounts to another program, by proxy.
    Proxy,
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let mut story = Story::begin().await;
    let mut pictures = vec![pictures::config_v1_to_v2()?];
    story.in_place().await?;
    if let Some(Command::Proxy) = arguments.command {
        story.proxy().await?;
        pictures.push(pictures::config_v2_to_successor()?);
    }
    let steps = story.into_steps();

    let folder = in_workspace("target/lifecycle");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let file = folder.join("index.html");
    fs::write(&file, page::render(&steps, &pictures))
        .with_context(|| format!("cannot write {}", file.display()))?;

    let compute_units: u64 = steps.iter().map(|step| step.compute_units).sum();
    let rejected = steps.iter().filter(|step| step.rejected).count();
    println!(
        "\n{} steps did what they claim ({rejected} of them rejections that left every account as it \
         was), {compute_units} compute units in all.",
        steps.len()
    );
    println!("The steps and the byte ruler: target/lifecycle/index.html");
    Ok(())
}
