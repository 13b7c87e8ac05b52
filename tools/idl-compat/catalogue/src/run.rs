//! Executes a case of a folder: the old client before the upgrade, the upgrade, the old client after.

use {
    crate::{
        client::{AddressBook, Client},
        key::key,
        manifest::{Call, Case},
        observation::{Difference, Failure, Observation},
        probe::{Probe, Step, probes, setup},
        programs::{self, BASELINE},
    },
    anyhow::{Context, Result, ensure},
    base64::{Engine, prelude::BASE64_STANDARD},
    idl_compat::{Assumptions, Report, compare, elf},
    std::{collections::BTreeMap, fs},
    svm_harness::{
        Backend, Instruction, InstructionError, Keypair, Outcome, Signer, Svm, TransactionError,
    },
};

/// What the authority and the accounts without data have, in lamports.
const LAMPORTS: u64 = 1_000_000_000;

/// The accounts that an old client decodes after each probe, with their types.
const ACCOUNTS: [(&str, &str); 3] = [("vault", "Vault"), ("grant", "Grant"), ("ledger", "Ledger")];

/// By probe, how what the old client meets differs from what it met on the baseline.
///
/// # Errors
/// When the case names a probe that does not exist, or what must work before the upgrade fails.
pub async fn differences(
    folder: &str,
    case: &Case,
    backend: Backend,
) -> Result<BTreeMap<String, Difference>> {
    let mut probes = probes();
    for name in case.probes.iter().chain(case.observed.keys()) {
        ensure!(
            probes.iter().any(|probe| probe.name == name),
            "there is no probe {name}: see catalogue/src/probe.rs"
        );
    }
    probes.retain(|probe| {
        case.probes.is_empty() || case.probes.iter().any(|name| name == probe.name)
    });

    let before = observe(BASELINE, case, &[], backend, &probes).await?;
    let now = observe(folder, case, &case.prepare, backend, &probes).await?;
    let differences = probes.iter().zip(before.iter().zip(&now));
    Ok(differences
        .filter_map(|(probe, (before, now))| {
            Difference::between(before, now).map(|difference| (probe.name.to_owned(), difference))
        })
        .collect())
}

/// What `idl-compat` says of a folder's IDL and binary, under these assumptions.
///
/// # Errors
/// When an artefact cannot be read.
pub fn check(folder: &str, assumptions: &Assumptions) -> Result<Report> {
    let [old, new] = [BASELINE, folder].map(programs::idl);
    let mut findings = compare(&old?, &new?, assumptions);
    let elf = programs::elf(folder);
    let bytes = fs::read(&elf).with_context(|| format!("cannot read {}", elf.display()))?;
    findings.extend(elf::findings(folder, &bytes)?);
    Ok(Report::new(findings))
}

/// Upgrades the baseline to a folder's program and says what each probe met.
async fn observe(
    folder: &str,
    case: &Case,
    prepare: &[Call],
    backend: Backend,
    probes: &[Probe],
) -> Result<Vec<Observation>> {
    let old = Client {
        idl: programs::idl(BASELINE)?,
    };
    let new = Client {
        idl: programs::idl(folder)?,
    };
    let mut svm = Svm::start(backend, &programs::program(BASELINE)).await;
    for name in ["observer", "auditor"] {
        svm.fund(key(name).pubkey(), LAMPORTS).await;
    }

    let books: Vec<_> = probes
        .iter()
        .map(|probe| AddressBook {
            authority: key(&format!("authority: {}", probe.name)),
        })
        .collect();
    for (probe, book) in probes.iter().zip(&books) {
        svm.fund(book.authority.pubkey(), LAMPORTS).await;
        if !probe.newcomer {
            for step in setup().iter().chain(&probe.before) {
                let outcome = send(&mut svm, &old, step, book, case).await?;
                outcome.result.with_context(|| {
                    format!(
                        "{} before the upgrade: {:?}",
                        step.instruction, outcome.logs
                    )
                })?;
            }
        }
    }

    svm.upgrade(&programs::program(folder)).await;

    let mut observations = Vec::new();
    for (probe, book) in probes.iter().zip(&books) {
        if !probe.newcomer {
            for Call { instruction, args } in prepare {
                let instruction = new.instruction(instruction, args, book, &[])?;
                let outcome = execute(&mut svm, instruction, book).await;
                outcome
                    .result
                    .with_context(|| format!("preparing: {:?}", outcome.logs))?;
            }
        }
        observations.push(after(&mut svm, &old, probe, book, case).await?);
    }
    Ok(observations)
}

/// Sends what comes after the upgrade, until a transaction fails, and reads the accounts.
async fn after(
    svm: &mut Svm,
    old: &Client,
    probe: &Probe,
    book: &AddressBook,
    case: &Case,
) -> Result<Observation> {
    let mut observation = Observation::default();
    for step in &probe.after {
        let outcome = send(svm, old, step, book, case).await?;
        for data in events(&outcome.logs) {
            if let Some((name, fields)) = old.event(&data) {
                observation.events.insert(name.to_owned(), fields.ok());
            }
        }
        if let Err(error) = &outcome.result {
            observation.failure = Some(failure(error, &outcome.logs));
            break;
        }
    }
    for (name, ty) in ACCOUNTS {
        if let Some(account) = svm.account(book.address(name)?).await {
            let fields = old.fields(ty, &account.data);
            observation.accounts.insert(name.to_owned(), fields.ok());
        }
    }
    Ok(observation)
}

async fn send(
    svm: &mut Svm,
    client: &Client,
    step: &Step,
    book: &AddressBook,
    case: &Case,
) -> Result<Outcome> {
    let sent = case.clients_send.get(step.instruction);
    let more: Vec<_> = sent
        .into_iter()
        .flatten()
        .chain(&step.remaining)
        .cloned()
        .collect();
    let instruction = client.instruction(step.instruction, &step.args, book, &more)?;
    Ok(execute(svm, instruction, book).await)
}

/// Sends an instruction, signed by the authority if it asks for that.
async fn execute(svm: &mut Svm, instruction: Instruction, book: &AddressBook) -> Outcome {
    let asks = instruction.accounts.iter().any(|account| account.is_signer);
    let signers: &[&Keypair] = if asks { &[&book.authority] } else { &[] };
    svm.send(&[instruction], signers).await
}

fn failure(error: &TransactionError, logs: &[String]) -> Failure {
    match error {
        TransactionError::InstructionError(_, InstructionError::Custom(code)) => Failure::Error {
            code: *code,
            name: logs.iter().find_map(|line| error_name(line)),
        },
        _ if logs.iter().any(|line| line.contains("Access violation")) => Failure::AccessViolation,
        other => Failure::Other(other.to_string()),
    }
}

/// The name in what Anchor logs of an error: `Error Code: AccountNotSigner. Error Number: 3010.`
fn error_name(line: &str) -> Option<String> {
    let (_, rest) = line.split_once("Error Code: ")?;
    Some(rest.split_once('.')?.0.to_owned())
}

/// What `emit!` wrote into the log.
fn events(logs: &[String]) -> impl Iterator<Item = Vec<u8>> {
    let data = logs
        .iter()
        .filter_map(|line| line.strip_prefix("Program data: "));
    data.filter_map(|data| BASE64_STANDARD.decode(data).ok())
}
