//! `cargo run -p lifecycle`: prints every step and writes `target/lifecycle/index.html`.

use {
    anyhow::{Context, Result},
    lifecycle::{idl, page, ruler, story},
    std::fs,
    testkit::release::in_workspace,
};

#[tokio::main]
async fn main() -> Result<()> {
    let steps = story::tell().await?;

    let old = idl::account_fields(&in_workspace("releases/v1/app.json"), "ConfigV1")?;
    let new = idl::account_fields(&in_workspace("releases/v2/app.json"), "ConfigV2")?;
    let picture = ruler::draw(("ConfigV1", &old), ("ConfigV2", &new));

    let folder = in_workspace("target/lifecycle");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let file = folder.join("index.html");
    fs::write(&file, page::render(&steps, &picture))
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
