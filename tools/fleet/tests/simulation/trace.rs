//! What happened, line by line, for whoever repeats a schedule.

/// Lines are made only where somebody asked for them.
#[derive(Default)]
pub struct Trace {
    lines: Option<Vec<String>>,
}

impl Trace {
    pub fn new(is_wanted: bool) -> Self {
        Self {
            lines: is_wanted.then(Vec::new),
        }
    }

    pub fn note(&mut self, line: impl FnOnce() -> String) {
        if let Some(lines) = &mut self.lines {
            lines.push(line());
        }
    }

    pub fn lines(&self) -> &[String] {
        self.lines.as_deref().unwrap_or_default()
    }
}
