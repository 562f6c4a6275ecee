//! Where the private services are.

/// The value of a variable that `deploy/services env` prints.
///
/// # Panics
/// Says what to do when it is not set: a test that cannot reach its services must fail, not pass.
pub fn require(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| {
        panic!("{name} is not set: run ./deploy/test, or: deploy/services up && eval \"$(deploy/services env)\"")
    })
}
