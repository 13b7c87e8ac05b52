//! `cargo run -p catalogue -- new NAME MODULE...`: makes the folder of a change.

use {
    anyhow::Result,
    catalogue::{folders, scaffold::scaffold},
    clap::{Parser, Subcommand},
};

/// The catalogue of changes that were executed.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Makes the folder of a change, and adds it to the catalogue.
    New {
        /// Of the folder and the package: `argument-added`
        name: String,
        /// The baseline's modules that change, such as `contents` or `vault`; they are copied
        #[arg(required = true)]
        modules: Vec<String>,
    },
}

fn main() -> Result<()> {
    let Command::New { name, modules } = Arguments::parse().command;
    for file in scaffold(folders::root(), &name, &modules)? {
        println!("{}", file.display());
    }
    println!(
        "\nNext:\n\
         1. Make the change in programs/{name}/src, and describe it where the files have `<...>`.\n\
         2. cargo xtask artefacts build catalogue --only {name}\n   \
            makes its .so and its IDL; it needs the Solana tools, and the repository's root as the folder.\n\
         3. cargo test -p catalogue {}\n   \
            prints what an old client meets. Write it into change.toml when it is what you meant.\n\
         4. UPDATE_DOCS=1 cargo test -p catalogue --test documented\n   \
            writes compatibility.md and the examples of `idl-compat explain`.",
        name.replace('-', "_")
    );
    Ok(())
}
