use crate::Session; use anyhow::Result; 
pub fn command(_o: &[String], _s: impl FnOnce()->Result<Session>) -> Result<bool> { Ok(true) }
pub fn list()->String{String::new()}
