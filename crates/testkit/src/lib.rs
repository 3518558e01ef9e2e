//! What every test stands on: stores on both engines, and the real parts that they talk to.
//!
//! Nothing here is a mock. Where PostgreSQL is not running, its half of a test is skipped with a word, except
//! under continuous integration, where a missing engine is a failure.

pub mod database;
pub mod s3;
