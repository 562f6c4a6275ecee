//! Title and body of an engagement.
