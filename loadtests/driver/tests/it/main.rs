//! The driver as a program.

mod chaos;
mod options;
