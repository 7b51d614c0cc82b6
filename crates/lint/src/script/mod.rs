//! Scripts of rules: Rhai in a closed room.

use crate::fault::Fault;

/// A checked script.
#[derive(Debug)]
pub struct Script {
    source: String,
}

impl Script {
    /// The script as written.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }
}

/// The engine that scripts are compiled in and run by.
#[derive(Debug, Default)]
pub struct Room {}

impl Room {
    /// Compiles.
    pub fn compile(&self, source: &str, _has_data: impl Fn(&str) -> bool) -> Result<Script, Fault> {
        Ok(Script { source: source.to_owned() })
    }
}

/// Runs a script rule.
pub(crate) fn judge(_job: &crate::say::Job<'_>, _rule: &crate::rule::Rule, _script: &Script) -> crate::say::Outcome {
    crate::say::Outcome::default()
}
