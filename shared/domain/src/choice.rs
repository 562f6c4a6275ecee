//! The choice of one contact out of several.
