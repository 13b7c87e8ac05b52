//! Files that a report is written to, beside the text on the standard output.

use {
    crate::report::{PlanReport, RunReport, VerifyReport},
    anyhow::{Context, Result},
    clap::Args,
    serde::Serialize,
    std::{
        fs,
        path::{Path, PathBuf},
    },
};

#[derive(Args)]
pub struct Reports {
    /// Writes the report as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Writes the report as Markdown.
    #[arg(long, value_name = "FILE")]
    markdown: Option<PathBuf>,
    /// Writes the report as a page with plots.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

/// A report in each form.
pub trait Report: Serialize {
    fn text(&self) -> String;
    fn markdown(&self) -> String;
    fn html(&self) -> String;
}

macro_rules! report {
    ($($report:ty),*) => {
        $(impl Report for $report {
            fn text(&self) -> String {
                self.text()
            }
            fn markdown(&self) -> String {
                self.markdown()
            }
            fn html(&self) -> String {
                self.html()
            }
        })*
    };
}

report!(PlanReport, RunReport, VerifyReport);

impl Reports {
    /// Prints the report and writes the files that were asked for.
    pub fn write(&self, report: &impl Report) -> Result<()> {
        print!("{}", report.text());
        if let Some(path) = &self.json {
            write(path, serde_json::to_string_pretty(report)? + "\n")?;
        }
        if let Some(path) = &self.markdown {
            write(path, report.markdown())?;
        }
        if let Some(path) = &self.html {
            write(path, report.html())?;
        }
        Ok(())
    }
}

fn write(path: &Path, content: String) -> Result<()> {
    fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
}
