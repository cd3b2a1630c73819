//! A run is well when something passed and nothing failed.
use std::{fmt, process::ExitCode};

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Summary {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
    pub(crate) skipped: u32,
}

impl Summary {
    /// Adds what a line of the test harness says, if it is the one at a binary's end.
    pub(crate) fn read(&mut self, line: &str) {
        let Some(result) = line.strip_prefix("test result: ") else { return };
        for part in result.split(['.', ';']) {
            match part.split_whitespace().collect::<Vec<_>>()[..] {
                [count, "passed"] => self.passed += count.parse().unwrap_or(0),
                [count, "failed"] => self.failed += count.parse().unwrap_or(0),
                [count, "ignored"] => self.skipped += count.parse().unwrap_or(0),
                _ => {}
            }
        }
    }

    /// Something failed that is no test: it did not compile, or a whole binary died.
    pub(crate) fn broken(&mut self) {
        self.failed += 1;
    }

    pub(crate) fn is_well(self) -> bool {
        self.failed == 0 && self.passed > 0
    }

    pub(crate) fn exit_code(self) -> ExitCode {
        if self.is_well() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(f, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_all_binaries_are_added_up() {
        let mut summary = Summary::default();
        for line in [
            "running 3 tests",
            "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.10s\n",
            "test result: FAILED. 4 passed; 2 failed; 1 ignored; 0 measured; 9 filtered out; finished in 1.50s",
        ] {
            summary.read(line);
        }
        assert_eq!(summary, Summary { passed: 7, failed: 2, skipped: 1 });
        assert_eq!(summary.to_string(), "7 passed, 2 failed, 1 skipped");
    }

    #[test]
    fn a_run_without_a_test_is_not_well() {
        assert!(!Summary::default().is_well());
        assert!(Summary { passed: 1, ..Summary::default() }.is_well());
    }

    #[test]
    fn what_broke_counts_as_a_failure() {
        let mut summary = Summary { passed: 1, ..Summary::default() };
        summary.broken();
        assert_eq!(summary.to_string(), "1 passed, 1 failed");
        assert!(!summary.is_well());
    }
}
