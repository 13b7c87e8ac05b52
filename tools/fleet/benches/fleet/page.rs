//! The figures as Markdown.

use {
    crate::{ACCOUNTS, BenchStep, SLOT_TIME, naive::Naive},
    std::fmt::{self, Write},
};

pub fn figures(naive: &Naive, steps: &[BenchStep], node_kib: u64) -> Result<String, fmt::Error> {
    let mut text = String::new();
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    writeln!(
        text,
        "{} accounts, a slot every {SLOT_TIME} ms, node and command on the same {processors} processors.\n",
        grouped(ACCOUNTS),
    )?;
    compare(&mut text, naive, steps)?;
    explain(&mut text, steps, node_kib)?;
    count_calls(&mut text, steps)?;
    Ok(text)
}

fn compare(text: &mut String, naive: &Naive, steps: &[BenchStep]) -> fmt::Result {
    let total: f64 = steps.iter().map(|step| step.fleet.seconds).sum();
    writeln!(
        text,
        "| | accounts | seconds | accounts per second | seconds for {} |",
        grouped(ACCOUNTS)
    )?;
    writeln!(text, "| --- | ---: | ---: | ---: | ---: |")?;
    let mut row = |name: &str, accounts: usize, seconds: f64| {
        let each = seconds / accounts as f64;
        let (rate, all) = (1.0 / each, each * ACCOUNTS as f64);
        let accounts = grouped(accounts);
        writeln!(
            text,
            "| {name} | {accounts} | {seconds:.1} | {rate:.1} | {all:.0} |"
        )
    };
    row(
        "one after the other, each confirmed",
        naive.accounts,
        naive.seconds,
    )?;
    row("`fleet plan`, `run` and `verify`", ACCOUNTS, total)?;
    if let Some(run) = steps.iter().find(|step| step.name == "run") {
        row(
            "of these `run`, until everything is final",
            ACCOUNTS,
            run.fleet.seconds,
        )?;
    }
    Ok(())
}

fn explain(text: &mut String, steps: &[BenchStep], node_kib: u64) -> fmt::Result {
    writeln!(
        text,
        "\n| step | seconds | processor seconds of the command | of the node | most memory of the command |"
    )?;
    writeln!(text, "| --- | ---: | ---: | ---: | ---: |")?;
    for step in steps {
        writeln!(
            text,
            "| `{}` | {:.1} | {:.1} | {:.1} | {} MiB |",
            step.name,
            step.fleet.seconds,
            step.fleet.processor_seconds,
            step.node_seconds,
            step.fleet.peak_kib / 1_024,
        )?;
    }
    writeln!(text, "\nMost memory of the node: {} MiB.", node_kib / 1_024)
}

fn count_calls(text: &mut String, steps: &[BenchStep]) -> fmt::Result {
    writeln!(text, "\n| step | call | calls | per 1,000 accounts |")?;
    writeln!(text, "| --- | --- | ---: | ---: |")?;
    for step in steps {
        let methods = step.report["calls"].as_object().into_iter().flatten();
        let mut all = 0;
        for (method, calls) in methods {
            let calls = calls.as_u64().unwrap_or_default();
            all += calls;
            count(text, step.name, &format!("`{method}`"), calls)?;
        }
        if all > 0 {
            count(text, step.name, "all", all)?;
        }
    }
    Ok(())
}

fn count(text: &mut String, step: &str, calls: &str, count: u64) -> fmt::Result {
    let share = count as f64 * 1_000.0 / ACCOUNTS as f64;
    writeln!(text, "| `{step}` | {calls} | {count} | {share:.1} |")
}

/// With a comma after each three digits.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .filter_map(|part| str::from_utf8(part).ok())
        .collect();
    groups.join(",")
}
