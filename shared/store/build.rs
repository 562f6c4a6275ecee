//! Says what the crate depends on beside its sources.

fn main() {
    // Embedded by `sqlx::migrate!`, which cannot tell cargo about a file that is new.
    println!("cargo:rerun-if-changed=../../migrations");
    // Answers for `query!`.
    println!("cargo:rerun-if-changed=../../.sqlx");
    // An ordinary build asks `.sqlx` and never a database, whatever DATABASE_URL is lying about. Only `deploy/sqlx`, which
    // writes `.sqlx`, says otherwise.
    println!("cargo:rerun-if-env-changed=SQLX_OFFLINE");
    let online = std::env::var("SQLX_OFFLINE").is_ok_and(|offline| offline == "false");
    if !online {
        println!("cargo:rustc-env=SQLX_OFFLINE=true");
    }
}
