//! Where the proxy path is. Whoever adds to it adds the place here.

/// Folders and files that are its own.
pub const DELETED: &[&str] = &[
    "programs/migrator",
    "programs/successor",
    "releases/proxy",
    "tests/proxy",
    "app/src/clients/proxy",
    "app/examples/proxy",
    "app/tests/proxy",
    "app/e2e/proxy",
    ".github/workflows/without-proxy.yml",
    "docs/proxy.md",
    "docs/config-v2-to-successor.svg",
    "crates/lifecycle/src/story/proxy",
    "xtask/compute-units/src/proxy.rs",
    "xtask/src/pictures/proxy.rs",
    "xtask/src/remove_proxy",
];

/// Lines of other files, each with its file; several of one file that follow each other are one entry.
pub const LINES: &[(&str, &str)] = &[
    (
        "Cargo.toml",
        r#"    "tests/proxy",
    "tests/proxy/programs/*","#,
    ),
    ("Cargo.toml", r#"migrator = { path = "programs/migrator" }"#),
    (
        "Cargo.toml",
        r#"successor = { path = "programs/successor" }"#,
    ),
    (
        "Cargo.toml",
        r#"proxy = { path = "tests/proxy" }
hostile-successor = { path = "tests/proxy/programs/hostile-successor" }"#,
    ),
    (
        "Anchor.toml",
        r#"migrator = "BNRPbNyECy1CEB6q2Bir4ix2BNPxhSjwdNfQUrhYT4U1""#,
    ),
    (
        "Anchor.toml",
        r#"successor = "6yBFWmoxikHomDoqMcbPBKjMUN4trm6wytN2rXJ4n3my""#,
    ),
    ("crates/lifecycle/Cargo.toml", "proxy.workspace = true"),
    ("crates/lifecycle/src/story/mod.rs", "mod proxy;"),
    ("crates/lifecycle/src/story/mod.rs", "    proxy::SEQUEL,"),
    (
        "app/package.json",
        r#"    "./proxy": "./src/clients/proxy/index.ts","#,
    ),
    (
        "app/scripts/generate/clients.ts",
        r#"    { name: "proxy", idls: ["proxy/migrator.json", "proxy/successor.json"], ofRelease: false },"#,
    ),
    (
        ".github/workflows/ci.yml",
        "      - run: cargo run --locked -p lifecycle -- proxy",
    ),
    (".github/workflows/ci.yml", "          --test proxy"),
    (".ci/run", "lifecycle proxy"),
    (".ci/run", r"  --test proxy \"),
    (
        "docs/matrix.md",
        "The row of the migration program is in [Migration by proxy](proxy.md).",
    ),
    (
        "README.md",
        "- [Migration by proxy](docs/proxy.md): when the owner program must change",
    ),
    (
        "app/README.md",
        r#"| `src/clients/proxy`, `tests/proxy`, `e2e/proxy`, `examples/proxy` | the move of a config to the successor program, and how it is found there: [Migration by proxy](../docs/proxy.md) |"#,
    ),
    (
        "xtask/src/artefacts/sets.rs",
        r#"    Packages {
        name: "proxy",
        description: "These are the two programs of the proxy path.",
        sources: &["programs/migrator", "programs/successor"],
        folder: "releases/proxy",
    },
    Packages {
        name: "proxy-fixtures",
        description: "This program is for the tests of the proxy path alone.",
        sources: &["tests/proxy/programs/*"],
        folder: "tests/proxy/fixtures",
    },"#,
    ),
    ("xtask/src/pictures/mod.rs", "mod proxy;"),
    (
        "xtask/src/pictures/mod.rs",
        "    proxy::CONFIG_V2_TO_SUCCESSOR,",
    ),
    ("xtask/compute-units/Cargo.toml", "proxy.workspace = true"),
    (
        "xtask/compute-units/Cargo.toml",
        r#"successor = { workspace = true, features = ["no-entrypoint"] }"#,
    ),
    ("xtask/compute-units/src/main.rs", "mod proxy;"),
    (
        "xtask/compute-units/src/main.rs",
        "        proxy::section().await?,",
    ),
    ("xtask/src/main.rs", "mod remove_proxy;"),
    (
        "xtask/src/main.rs",
        "    RemoveProxy(remove_proxy::RemoveProxy),",
    ),
    (
        "xtask/src/main.rs",
        "        XtaskCommand::RemoveProxy(arguments) => remove_proxy::run(&arguments.copy),",
    ),
];

/// Sections of pages, each by the page and its heading.
pub const SECTIONS: &[(&str, &str)] = &[
    (
        "docs/compute-units.md",
        "## A migration by proxy, all three programs included",
    ),
    ("docs/planted-bugs.md", "## The proxy path"),
];
