//! Scripts of rules: Rhai in a closed room.

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
