//! The command as a user runs it.

use {
    assert_cmd::Command,
    serde_json::{Value, json},
    serde_sarif::sarif::Sarif,
    std::{
        fs::{self, File},
        path::{Path, PathBuf},
    },
    tempfile::TempDir,
};

/// A folder with an old and a new release of a small program.
struct Folder(TempDir);

/// What a run printed and how it ended.
struct Run {
    code: i32,
    stdout: String,
    stderr: String,
}

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.write("old.json", &old().to_string());
        folder.write("new.json", &serde_json::to_string_pretty(&new()).unwrap());
        folder
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::cargo_bin("idl-compat").unwrap();
        command
            .current_dir(self.path())
            .args(arguments)
            .env_remove("NO_COLOR");
        command
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let output = self.command(arguments).output().unwrap();
        Run {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// A run that must end with 2; what it says.
    fn error(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{}", run.stderr);
        run.stderr
    }

    fn git(&self, arguments: &[&str]) {
        let identity = [
            "-c",
            "user.name=t",
            "-c",
            "user.email=t@example.com",
            "-c",
            "commit.gpgsign=false",
        ];
        Command::new("git")
            .current_dir(self.path())
            .args(identity)
            .args(arguments)
            .assert()
            .success();
    }
}

fn old() -> Value {
    json!({
        "address": "11111111111111111111111111111111",
        "metadata": { "name": "bank", "version": "1.0.0", "spec": "0.1.0" },
        "instructions": [{
            "name": "deposit",
            "discriminator": [1, 0, 0, 0, 0, 0, 0, 0],
            "accounts": [{ "name": "vault", "writable": true }, { "name": "owner", "signer": true }],
            "args": [{ "name": "amount", "type": "u64" }],
        }],
        "accounts": [{ "name": "Vault", "discriminator": [7, 0, 0, 0, 0, 0, 0, 0] }],
        "types": [{
            "name": "Vault",
            "type": { "kind": "struct", "fields": [{ "name": "value", "type": "u64" }] },
        }],
    })
}

/// With an argument more, which breaks, and an instruction more, which does not.
fn new() -> Value {
    let mut new = with_instruction(old());
    let args = new["instructions"][0]["args"].as_array_mut().unwrap();
    args.push(json!({ "name": "memo", "type": { "option": "string" } }));
    new
}

fn with_instruction(mut idl: Value) -> Value {
    let instructions = idl["instructions"].as_array_mut().unwrap();
    instructions.push(json!({
        "name": "migrate",
        "discriminator": [2, 0, 0, 0, 0, 0, 0, 0],
        "accounts": [
            { "name": "vault", "writable": true },
            { "name": "payer", "signer": true },
            { "name": "group", "accounts": [{ "name": "vault", "writable": true }] },
        ],
        "args": [],
    }));
    idl
}

/// With a second layout of the account, to which `migrate` brings it.
fn migrating() -> Value {
    let mut idl = with_instruction(old());
    idl["accounts"].as_array_mut().unwrap().push(json!({
        "name": "VaultV2",
        "discriminator": [8, 0, 0, 0, 0, 0, 0, 0],
    }));
    let fields = json!([{ "name": "value", "type": "u64" }, { "name": "keys", "type": { "vec": "pubkey" } }]);
    idl["types"].as_array_mut().unwrap().push(json!({
        "name": "VaultV2",
        "type": { "kind": "struct", "fields": fields },
    }));
    idl
}

const CHECK: [&str; 3] = ["check", "old.json", "new.json"];

fn check(more: &[&'static str]) -> Vec<&'static str> {
    CHECK.iter().chain(more).copied().collect()
}

/// The rules of all findings.
fn rules(output: &str) -> Vec<String> {
    let output: Value = serde_json::from_str(output).unwrap();
    let findings = output["releases"].as_array().unwrap().iter();
    let findings = findings.flat_map(|release| release["findings"].as_array().unwrap());
    findings
        .map(|finding| finding["rule"]["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_breaking_change_fails_and_says_why() {
    let run = Folder::new().run(&CHECK);
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    assert!(
        run.stdout.starts_with("breaking[argument-added]: "),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout
            .contains("\n = more: idl-compat explain argument-added\n"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.contains("\nnotable[instruction-added]: "),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout
            .ends_with("\n1 breaking, 1 notable: not compatible\n"),
        "{}",
        run.stdout
    );
    assert!(!run.stdout.contains('\u{1b}'), "colours are for terminals");
    assert_eq!(run.stderr, "");
}

#[test]
fn compatible_releases_pass() {
    let folder = Folder::new();
    let run = folder.run(&["check", "old.json", "old.json"]);
    let expected = "nothing changed that a client or an account can see: compatible\n";
    assert_eq!((run.code, run.stdout.as_str()), (0, expected));
    folder.write("new.json", &with_instruction(old()).to_string());
    let run = folder.run(&CHECK);
    assert_eq!(run.code, 0, "{}", run.stdout);
    assert!(
        run.stdout.ends_with("\n1 notable: compatible\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn a_condition_fails_only_when_asked_to() {
    let folder = Folder::new();
    let mut new = old();
    let fields = new["types"][0]["type"]["fields"].as_array_mut().unwrap();
    fields.push(json!({ "name": "limit", "type": "u64" }));
    folder.write("new.json", &new.to_string());
    let run = folder.run(&CHECK);
    assert_eq!(run.code, 0, "{}", run.stdout);
    assert!(run.stdout.contains("\n = condition: "), "{}", run.stdout);
    let expected = "\n1 conditional: compatible if the conditions hold\n";
    assert!(run.stdout.ends_with(expected), "{}", run.stdout);
    assert_eq!(folder.run(&check(&["--fail-on", "conditional"])).code, 1);

    folder.write("assumptions.toml", "[accounts.Vault]\nlive = false\n");
    // The option was called `--facts`.
    for option in ["--assumptions", "--facts"] {
        let run = folder.run(&check(&[
            "--fail-on",
            "conditional",
            option,
            "assumptions.toml",
        ]));
        assert_eq!(run.code, 0, "{}", run.stdout);
    }
}

#[test]
fn every_format_has_the_findings() {
    let folder = Folder::new();
    let run = |format| {
        let run = folder.run(&["check", "old.json", "new.json", "--format", format]);
        assert_eq!(run.code, 1, "{format}: {}", run.stderr);
        run.stdout
    };
    assert_eq!(rules(&run("json")), ["argument-added", "instruction-added"]);
    let log: Sarif = serde_json::from_str(&run("sarif")).unwrap();
    let results = log.runs[0].results.as_ref().unwrap();
    let ids = results
        .iter()
        .map(|result| result.rule_id.as_deref().unwrap());
    assert_eq!(
        ids.collect::<Vec<_>>(),
        ["argument-added", "instruction-added"]
    );
    let commands = run("github");
    let first = commands.lines().next().unwrap();
    assert!(first.starts_with("::error file=new.json,line="), "{first}");
    assert!(
        first.contains(",title=breaking[argument-added]::"),
        "{first}"
    );
    assert!(run("markdown").contains("| **breaking** | `argument-added` |"));
    assert!(run("svg").contains("No account type has another layout."));
}

#[test]
fn a_finding_points_to_its_line() {
    let folder = Folder::new();
    let run = folder.run(&check(&["--format", "json"]));
    let output: Value = serde_json::from_str(&run.stdout).unwrap();
    let finding = &output["releases"][0]["findings"][0];
    assert_eq!(finding["file"], "new.json");
    let text = fs::read_to_string(folder.path().join("new.json")).unwrap();
    let line = finding["line"].as_u64().unwrap() as usize;
    let at_and_below: Vec<_> = text.lines().skip(line - 1).take(2).map(str::trim).collect();
    assert_eq!(at_and_below, ["{", "\"name\": \"memo\","]);
}

const MEMO: &str = "[[accept]]\nrule = \"argument-added\"\nsubject = \"deposit.args.memo\"\nreason = \"no client\"\n";

#[test]
fn an_accepted_finding_does_not_fail() {
    let folder = Folder::new();
    folder.write("accept.toml", MEMO);
    let run = folder.run(&check(&["--accept", "accept.toml"]));
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(
        run.stdout.starts_with("accepted[argument-added]: "),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.contains("\n = accepted: no client\n"),
        "{}",
        run.stdout
    );
    let expected = "\n1 notable, 1 accepted: compatible but for what is accepted\n";
    assert!(run.stdout.ends_with(expected), "{}", run.stdout);
}

#[test]
fn a_stale_entry_fails_and_asks_to_be_removed() {
    let folder = Folder::new();
    folder.write(
        "accept.toml",
        &format!("{MEMO}{}", MEMO.replace("memo", "note")),
    );
    let run = folder.run(&check(&["--accept", "accept.toml"]));
    assert_eq!(run.code, 1, "{}", run.stderr);
    let expected = "error: the accept file has an entry for `argument-added` of `deposit.args.note`, \
                    which no longer is a finding: remove it\n\n\
                    1 notable, 1 accepted, 1 stale: the accept file is out of date\n";
    assert!(run.stdout.ends_with(expected), "{}", run.stdout);
}

#[test]
fn an_accept_file_that_is_wrong_is_rejected() {
    let folder = Folder::new();
    for (text, expected) in [
        (
            MEMO.replace("argument-added", "argument-moved"),
            "error: cannot use accept.toml: `argument-moved` is no rule: `idl-compat rules` lists them\n",
        ),
        (
            MEMO.replace("no client", " "),
            "error: cannot use accept.toml: the reason to accept `argument-added` of `deposit.args.memo` \
             is empty: write why it is harmless\n",
        ),
        (MEMO.replace("reason", "because"), "unknown field `because`"),
        (
            "[[accept".to_owned(),
            "error: cannot use accept.toml: it is not an accept file: TOML",
        ),
    ] {
        folder.write("accept.toml", &text);
        let error = folder.error(&check(&["--accept", "accept.toml"]));
        assert!(error.contains(expected), "{error}\n{expected}");
    }
}

#[test]
fn assumptions_that_are_wrong_are_rejected_with_their_file() {
    let folder = Folder::new();
    for (text, expected) in [
        ("[accounts.Vult]\nlive = true\n", "Vult"),
        ("[accounts.Vault]\nalive = true\n", "unknown field `alive`"),
        (
            "[instructions.withdraw]\nremaining_accounts = true\n",
            "withdraw",
        ),
    ] {
        folder.write("assumptions.toml", text);
        let error = folder.error(&check(&["--assumptions", "assumptions.toml"]));
        assert!(
            error.contains("assumptions.toml") && error.contains(expected),
            "{error}"
        );
    }
}

#[test]
fn the_old_idl_comes_from_git() {
    let folder = Folder::new();
    folder.git(&["init", "--quiet"]);
    folder.write("idl/bank.json", &old().to_string());
    folder.git(&["add", "idl"]);
    folder.git(&["commit", "--quiet", "-m", "r"]);
    folder.git(&["tag", "v1"]);
    folder.write("idl/bank.json", &new().to_string());
    let run = folder.run(&[
        "check",
        "--git",
        "v1:idl/bank.json",
        "idl/bank.json",
        "--format",
        "json",
    ]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert_eq!(rules(&run.stdout), ["argument-added", "instruction-added"]);
    let run = folder.run(&["check", "--git", "v1:idl/bank.json", "HEAD:./idl/bank.json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);

    let error = folder.error(&["check", "--git", "v9:idl/bank.json", "new.json"]);
    assert!(
        error.starts_with("error: cannot read v9:idl/bank.json from git: fatal: "),
        "{error}"
    );
    let error = folder.error(&["check", "--git", "v1", "new.json"]);
    assert_eq!(
        error,
        "error: `v1` names no file of a revision: --git takes REF:PATH, for example v1.0.0:target/idl/app.json\n"
    );
    let error = folder.error(&["check", "--git", "--", "--output=pwned:x", "new.json"]);
    assert!(
        error.starts_with("error: cannot read --output=pwned:x from git: "),
        "{error}"
    );
    assert!(!folder.path().join("pwned:x").exists());
}

#[test]
fn a_place_in_git_is_shown_at_the_new_file() {
    let folder = Folder::new();
    folder.git(&["init", "--quiet"]);
    folder.git(&["add", "old.json"]);
    folder.git(&["commit", "--quiet", "-m", "r"]);
    let mut new = old();
    new["instructions"] = json!([]);
    folder.write("new.json", &new.to_string());
    let run = folder.run(&[
        "check",
        "--git",
        "HEAD:old.json",
        "new.json",
        "--format",
        "github",
    ]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(
        run.stdout
            .starts_with("::error file=new.json,line=1,title=breaking[instruction-removed]::"),
        "{}",
        run.stdout
    );
}

#[test]
fn every_deployed_release_of_the_program_is_compared() {
    let folder = Folder::new();
    let mut other = old();
    other["metadata"]["name"] = json!("other");
    folder.write("releases/v1/bank.json", &old().to_string());
    folder.write("releases/v1/other.json", &other.to_string());
    folder.write("releases/v1/package.json", "{ \"name\": \"bank\" }");
    folder.write("releases/v2/bank.json", &new().to_string());
    folder.write("releases/v2/deeper/bank.json", "not read");
    let run = folder.run(&["check", "releases", "new.json"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let first = "releases/v1/bank.json -> new.json: 1 breaking, 1 notable\n\n";
    assert!(run.stdout.starts_with(first), "{}", run.stdout);
    let last =
        "releases/v2/bank.json -> new.json: no change\n\n1 breaking, 1 notable: not compatible\n";
    assert!(run.stdout.ends_with(last), "{}", run.stdout);

    // The new release itself is not a deployed one.
    let run = folder.run(&[
        "check",
        "releases",
        "releases/v2/bank.json",
        "--format",
        "json",
    ]);
    assert_eq!(rules(&run.stdout), ["argument-added", "instruction-added"]);

    folder.write("releases/v1/damaged.json", "{ \"instructions\": [");
    let error = folder.error(&["check", "releases", "new.json"]);
    assert!(
        error.starts_with("error: releases/v1/damaged.json:1:"),
        "{error}"
    );
    fs::remove_dir_all(folder.path().join("releases/v1")).unwrap();
    let error = folder.error(&["check", "releases", "releases/v2/bank.json"]);
    assert_eq!(
        error,
        "error: releases has no deployed IDL of the program `bank` (it has no other IDL): \
         add the one that is deployed, or pass a file\n"
    );
}

const MIGRATION: &str = "program = \"bank\"\n[[migration]]\nfrom = \"Vault\"\nto = \"VaultV2\"\n\
                         instruction = \"migrate\"\naccount = \"vault\"\n[fleet]\nanything = [1, { x = 2 }]\n";

fn migrations(folder: &Folder, new: &Value, manifest: &str) -> Run {
    folder.write("new.json", &new.to_string());
    folder.write("m.toml", manifest);
    folder.run(&check(&["--migrations", "m.toml", "--format", "json"]))
}

/// The message of the one finding of a rule.
fn message(run: &Run, rule: &str) -> String {
    let output: Value = serde_json::from_str(&run.stdout).unwrap();
    let findings = output["releases"][0]["findings"].as_array().unwrap();
    let mut found = findings
        .iter()
        .filter(|finding| finding["rule"]["id"] == rule);
    let finding = found
        .next()
        .unwrap_or_else(|| panic!("{rule} is not found: {output:#}"));
    assert_eq!(found.next(), None);
    finding["message"].as_str().unwrap().to_owned()
}

#[test]
fn a_migration_that_fits_is_reported_with_its_rent() {
    let folder = Folder::new();
    let run = migrations(&folder, &migrating(), MIGRATION);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert_eq!(
        message(&run, "migration-verified"),
        "`Vault` (16 bytes) becomes `VaultV2` (20 bytes or more) by `migrate`; \
         rent-exempt minimum +27,840 lamports at 6960 per byte, +20,320 lamports at 5080 per byte"
    );
    let arguments = check(&[
        "--migrations",
        "m.toml",
        "--lamports-per-byte",
        "10",
        "--format",
        "json",
    ]);
    let message = message(&folder.run(&arguments), "migration-verified");
    assert!(
        message.ends_with("; rent-exempt minimum +40 lamports at 10 per byte"),
        "{message}"
    );
    let inner = MIGRATION.replace("account = \"vault\"", "account = \"group.vault\"");
    assert_eq!(migrations(&folder, &migrating(), &inner).code, 0);
}

#[test]
fn a_migration_is_drawn() {
    let folder = Folder::new();
    folder.write("new.json", &migrating().to_string());
    let draw = |manifest: &str| {
        folder.write("m.toml", manifest);
        let svg = folder.run(&check(&["--migrations", "m.toml", "--format", "svg"]));
        svg.stdout
    };
    let svg = draw(MIGRATION);
    assert!(
        svg.contains("aria-label=\"The bytes of Vault and VaultV2\""),
        "{svg}"
    );
    assert!(
        svg.contains(">16 bytes<") && svg.contains(">20 bytes or more<"),
        "{svg}"
    );
    assert!(
        svg.contains(">old.json to new.json, by instruction migrate<"),
        "{svg}"
    );
    // What a migration starts from can change, too.
    let mut new = migrating();
    new["accounts"][0]["discriminator"] = json!([9]);
    folder.write("new.json", &new.to_string());
    let svg = draw(MIGRATION);
    assert!(
        svg.contains("aria-label=\"The bytes of Vault and Vault; Vault and VaultV2\""),
        "{svg}"
    );
    // Findings report what is missing.
    folder.write("new.json", &migrating().to_string());
    let none = "No account type has another layout.";
    assert!(draw(&MIGRATION.replace("VaultV2", "VaultV3")).contains(none));
    assert!(draw(&MIGRATION.replace("\"Vault\"", "\"Safe\"")).contains(none));
}

#[test]
fn every_check_of_a_migration_can_fail() {
    let folder = Folder::new();
    let fails = |new: &Value, manifest: &str, rule: &str, expected: &str| {
        let run = migrations(&folder, new, manifest);
        assert_eq!(run.code, 1, "{rule}: {}{}", run.stdout, run.stderr);
        assert_eq!(message(&run, rule), expected);
        assert!(!run.stdout.contains("migration-verified"), "{rule}");
    };
    let new = migrating();
    let remove = |list: &str, name: &str| {
        let mut new = migrating();
        new[list]
            .as_array_mut()
            .unwrap()
            .retain(|item| item["name"] != name);
        new
    };
    fails(
        &new,
        &MIGRATION.replace("\"Vault\"", "\"VaultV0\""),
        "migration-source-missing",
        "the old release cannot be migrated from: it has no account type `VaultV0`",
    );
    fails(
        &remove("accounts", "Vault"),
        MIGRATION,
        "migration-source-missing",
        "the new release cannot migrate from `Vault`: it has no account type `Vault`",
    );
    fails(
        &remove("accounts", "VaultV2"),
        MIGRATION,
        "migration-target-missing",
        "`Vault` cannot be migrated to `VaultV2`: it has no account type `VaultV2`",
    );
    fails(
        &remove("instructions", "migrate"),
        MIGRATION,
        "migration-instruction-missing",
        "the new release has no instruction `migrate`",
    );
    for account in ["safe", "group.safe", "other.vault", "group"] {
        fails(
            &new,
            &MIGRATION.replace("\"vault\"", &format!("\"{account}\"")),
            "migration-account-missing",
            &format!("`migrate` has no account `{account}`"),
        );
    }
    fails(
        &new,
        &MIGRATION.replace("\"vault\"", "\"payer\""),
        "migration-account-not-writable",
        "`migrate` takes `payer` read-only",
    );
    let mut ambiguous = migrating();
    ambiguous["accounts"][1]["discriminator"] = json!([7, 0, 0]);
    fails(
        &ambiguous,
        MIGRATION,
        "migration-discriminator-ambiguous",
        "the discriminator [7, 0, 0, 0, 0, 0, 0, 0] of `Vault` begins with [7, 0, 0] of `VaultV2`",
    );
    // The discriminator of an old type that the new release reused for another one.
    let mut reused = remove("accounts", "Vault");
    reused["accounts"][0]["discriminator"] = json!([7, 0, 0, 0, 0, 0, 0, 0]);
    fails(
        &reused,
        MIGRATION,
        "migration-discriminator-ambiguous",
        "the discriminator [7, 0, 0, 0, 0, 0, 0, 0] of `VaultV2` begins with [7, 0, 0, 0, 0, 0, 0, 0] of `Vault`",
    );
}

#[test]
fn a_migration_is_checked_against_the_releases_that_have_its_source() {
    let folder = Folder::new();
    let mut oldest = old();
    oldest["accounts"] = json!([]);
    folder.write("releases/v0/bank.json", &oldest.to_string());
    folder.write("releases/v1/bank.json", &old().to_string());
    folder.write("new.json", &migrating().to_string());
    folder.write("m.toml", MIGRATION);
    let arguments = [
        "check",
        "releases",
        "new.json",
        "--migrations",
        "m.toml",
        "--format",
        "json",
    ];
    let rules = rules(&folder.run(&arguments).stdout);
    assert_eq!(
        rules
            .iter()
            .filter(|rule| *rule == "migration-verified")
            .count(),
        1,
        "{rules:?}"
    );
    assert!(
        !rules.iter().any(|rule| rule == "migration-source-missing"),
        "{rules:?}"
    );
}

#[test]
fn a_manifest_that_is_wrong_is_rejected() {
    let folder = Folder::new();
    let twice = MIGRATION.split_once("[fleet]").unwrap().0;
    let second = twice.split_once('\n').unwrap().1;
    for (text, expected) in [
        (
            MIGRATION.replace("\"bank\"", "\"app\""),
            "error: cannot use m.toml: it is for the program `app`, but the new IDL is of `bank`\n",
        ),
        (
            MIGRATION.replace("VaultV2", "Vault"),
            "`Vault` cannot be migrated to itself: a new layout needs an account type of its own\n",
        ),
        (
            format!("{twice}{second}"),
            "two migrations start from `Vault`: an account can be migrated in one way only\n",
        ),
        (
            MIGRATION.replace("[fleet]", "[flet]"),
            "unknown field `flet`",
        ),
        (MIGRATION.replace("to =", "into ="), "unknown field `into`"),
        (
            "program = \"bank\"\n".to_owned(),
            "missing field `migration`",
        ),
    ] {
        let run = migrations(&folder, &migrating(), &text);
        assert_eq!(run.code, 2, "{}", run.stdout);
        assert!(run.stderr.contains(expected), "{}\n{expected}", run.stderr);
    }
    let error = folder.error(&check(&["--lamports-per-byte", "10"]));
    assert!(error.contains("--migrations <FILE>"), "{error}");
}

#[test]
fn the_binary_is_examined() {
    let folder = Folder::new();
    let elf = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/demo/v2/app.so");
    let run = folder.run(&["check", "old.json", "old.json", "--elf", elf]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    folder.write("new.so", "no ELF");
    let error = folder.error(&check(&["--elf", "new.so"]));
    assert!(
        error.starts_with(
            "error: cannot examine new.so: it is not a 64-bit little-endian ELF file: "
        ),
        "{error}"
    );
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let folder = Folder::new();
    let error = folder.error(&["check", "none.json", "new.json"]);
    assert!(
        error.starts_with("error: cannot read none.json: "),
        "{error}"
    );
    let error = folder.error(&["check", "old.json", "."]);
    assert!(error.starts_with("error: cannot read .: "), "{error}");
    for (text, expected) in [
        ("", "bad.json:1:"),
        ("[]", "bad.json"),
        ("{ \"instructions\": 7 }", "bad.json"),
        ("{\n \"address\": ", "bad.json:2:"),
        (&"[".repeat(1_000_000), "bad.json:1:"),
        (
            &format!("{}{}", "{\"a\":".repeat(100_000), "}".repeat(100_000)),
            "bad.json:1:",
        ),
    ] {
        folder.write("bad.json", text);
        let error = folder.error(&["check", "old.json", "bad.json"]);
        assert!(
            error.starts_with("error: ") && error.contains(expected),
            "{error}"
        );
        assert!(!error.contains("panicked"), "{error}");
    }
    let huge = File::create(folder.path().join("huge.json")).unwrap();
    huge.set_len((16 << 20) + 1).unwrap();
    let expected = "error: huge.json has more than 16 MiB: pass another file\n";
    assert_eq!(folder.error(&["check", "huge.json", "new.json"]), expected);
    assert_eq!(folder.error(&check(&["--accept", "huge.json"])), expected);
    assert_eq!(folder.error(&check(&["--elf", "huge.json"])), expected);
    fs::write(folder.path().join("bytes"), [0xff, 0xfe]).unwrap();
    let error = folder.error(&check(&["--accept", "bytes"]));
    assert!(
        error.starts_with("error: bytes is not text in UTF-8: "),
        "{error}"
    );
}

#[test]
fn every_truncation_of_an_idl_is_an_error() {
    let folder = Folder::new();
    let whole = new().to_string();
    for len in (0..whole.len()).step_by(whole.len() / 12) {
        folder.write("cut.json", &whole[..len]);
        let error = folder.error(&["check", "old.json", "cut.json"]);
        assert!(error.starts_with("error: cut.json:1:"), "{error}");
    }
}

#[test]
fn wrong_usage_ends_with_2() {
    let folder = Folder::new();
    for arguments in [
        &["check"][..],
        &["check", "old.json"],
        &["chek"],
        &[],
        &["check", "a", "b", "--format", "pdf"],
    ] {
        let error = folder.error(arguments);
        assert!(
            error.contains("Usage: ") || error.contains("possible values"),
            "{error}"
        );
    }
    assert_eq!(folder.run(&["--help"]).code, 0);
}

#[test]
fn a_report_that_cannot_be_written_is_an_error() {
    let folder = Folder::new();
    let full = File::options().write(true).open("/dev/full").unwrap();
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("idl-compat"));
    let output = command
        .current_dir(folder.path())
        .args(CHECK)
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(
        error.starts_with("error: cannot write to standard output: "),
        "{error}"
    );
}

#[test]
fn a_rule_is_explained_and_all_are_listed() {
    let folder = Folder::new();
    let run = folder.run(&["explain", "argument-added"]);
    assert_eq!(run.code, 0);
    assert!(
        run.stdout.starts_with("argument-added (breaking)\n\n"),
        "{}",
        run.stdout
    );
    let error = folder.error(&["explain", "argument"]);
    assert_eq!(
        error,
        "error: `argument` is no rule: `idl-compat rules` lists them\n"
    );
    let list = folder.run(&["rules"]).stdout;
    assert!(
        list.lines()
            .any(|line| line.starts_with("migration-verified ")),
        "{list}"
    );
}

#[test]
fn a_layout_is_drawn_alone_and_beside_another() {
    let folder = Folder::new();
    folder.write("new.json", &migrating().to_string());
    let run = folder.run(&["layout", "old.json", "Vault"]);
    let expected = "\
Vault: 16 bytes
offset  length  field          type
     0       8  discriminator  [u8; 8]
     8       8  value          u64
";
    assert_eq!(
        (run.code, run.stdout.as_str()),
        (0, expected),
        "{}",
        run.stderr
    );
    let run = folder.run(&["layout", "old.json", "Vault", "new.json", "VaultV2"]);
    let expected = "\
Vault: 16 bytes -> VaultV2: 20 bytes or more
           old  new  length  field          type
rewritten    0    0       8  discriminator  [u8; 8]
kept         8    8       8  value          u64
new          -   16      4+  keys           Vec<Pubkey>
";
    assert_eq!(
        (run.code, run.stdout.as_str()),
        (0, expected),
        "{}",
        run.stderr
    );
    let run = folder.run(&["layout", "old.json", "Vault", "new.json", "--format", "svg"]);
    assert!(
        run.stdout.starts_with("<svg ") && run.stdout.ends_with("</svg>\n"),
        "{}",
        run.stdout
    );
    let error = folder.error(&["layout", "old.json", "Volt"]);
    assert!(
        error.starts_with("error: cannot lay out `Volt` of old.json: "),
        "{error}"
    );
}

#[test]
fn a_layout_diagram_is_worded_as_asked() {
    let folder = Folder::new();
    folder.write("new.json", &migrating().to_string());
    let pair = [
        "layout", "old.json", "Vault", "new.json", "VaultV2", "--rent",
    ];
    let caption = "+4 bytes; rent-exempt minimum +27,840 lamports at 6960 per byte, \
                   +20,320 lamports at 5080 per byte";
    let text = folder.run(&pair).stdout;
    assert!(text.ends_with(&format!("\n{caption}\n")), "{text}");

    let words = [
        "--format",
        "svg",
        "--kept",
        "as it was",
        "--added",
        "from nowhere",
    ];
    let svg = folder.run(&[&pair[..], &words].concat()).stdout;
    for text in [caption, ">as it was<", ">from nowhere<"] {
        assert!(svg.contains(text), "{svg}");
    }
    let renamed = ["--renamed", "value=keys"];
    let svg = folder.run(&[&pair[..], &words, &renamed].concat()).stdout;
    assert!(svg.contains(">has another type<"), "{svg}");
    assert!(!svg.contains(">from nowhere<"), "{svg}");

    let error = folder.error(&["layout", "old.json", "Vault", "--kept", "as it was"]);
    assert!(error.contains("NEW_IDL"), "{error}");
}
