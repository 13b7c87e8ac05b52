//! Lists the folders of `programs/`: their programs as native entries, and their tests.

use std::{env, error::Error, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=programs");
    println!("cargo::rerun-if-changed=Cargo.toml");
    let manifest = fs::read_to_string("Cargo.toml")?;

    let mut folders = Vec::new();
    for entry in fs::read_dir("programs")? {
        let entry = entry?;
        if entry.path().join("Cargo.toml").is_file() {
            folders.push(entry.file_name().into_string().map_err(|_| "not UTF-8")?);
        }
    }
    folders.sort();

    let mut programs = String::from("&[\n");
    let mut tests = String::new();
    for folder in &folders {
        if !manifest.contains(&format!("\n{folder} = {{ path = \"programs/{folder}\"")) {
            let message = format!(
                "programs/{folder} is no dependency in catalogue/Cargo.toml: \
                 `cargo run -p catalogue -- new` makes folders with their dependency"
            );
            return Err(message.into());
        }
        let library = folder.replace('-', "_");
        programs += &format!("(\"{folder}\", svm_harness::native_program!({library}::entry)),\n");
        if folder != "baseline" {
            tests += &format!("change!({library}, \"{folder}\");\n");
        }
    }
    programs += "]\n";

    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("programs.rs"), programs)?;
    fs::write(Path::new(&out).join("tests.rs"), tests)?;
    Ok(())
}
