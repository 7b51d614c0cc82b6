//! The command as people run it: arguments, files, output, exit status.
//!
//! Each test has a folder of its own and one small rule, so that no shipped rule's change moves it.

mod accepting;
mod authors;
mod baselines;
mod broken_configs;
mod configuring;
mod fixing;
mod formats;
mod hostile;
mod input;
mod looking;
mod masking;
mod pages;
mod pointing;
mod rollup;
mod room;
mod rules;
mod series;
mod speaking;
mod tracing;
mod tutorial;
mod walking;
mod word;
