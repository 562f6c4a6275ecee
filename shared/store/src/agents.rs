//! The agents of an account, by the platform's own ids.

use domain::{AccountId, AgentId};

use crate::{Db, Error, row::parse};

/// An agent of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    /// The platform's id.
    pub id: AgentId,
    /// What the platform calls it.
    pub name: Option<String>,
}

/// Adds agents, or gives those that are there their new name. A name that is not given stays.
pub async fn upsert(db: &Db, account: AccountId, agents: &[Agent]) -> Result<(), Error> {
    let mut agents: Vec<&Agent> = agents.iter().collect();
    agents.sort_by(|a, b| a.id.cmp(&b.id));
    agents.dedup_by(|later, first| later.id == first.id);
    let ids: Vec<String> = agents.iter().map(|agent| agent.id.to_string()).collect();
    let names: Vec<Option<String>> = agents.iter().map(|agent| agent.name.clone()).collect();
    let sql = sqlx::query!(
        "insert into agents as a (account_id, agent_id, name)
         select $1, id, name from unnest($2::text[], $3::text[]) as new (id, name)
         on conflict (account_id, agent_id) do update set name = excluded.name
           where excluded.name is not null and a.name is distinct from excluded.name",
        account.0,
        &ids,
        &names as _
    );
    sql.execute(db.pool()).await.map(drop).map_err(Error::when("adding agents"))
}

/// All agents of an account.
pub async fn list(db: &Db, account: AccountId) -> Result<Vec<Agent>, Error> {
    let rows = sqlx::query!("select agent_id, name from agents where account_id = $1 order by agent_id", account.0)
        .fetch_all(db.pool())
        .await
        .map_err(Error::when("listing agents"))?;
    rows.into_iter().map(|row| Ok(Agent { id: parse("agents.agent_id", &row.agent_id)?, name: row.name })).collect()
}
