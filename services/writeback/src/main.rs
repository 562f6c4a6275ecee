//! The one binary: any role, and the operator's commands.

fn main() {}
