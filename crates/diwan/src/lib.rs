//! `diwan`: one program with which a government runs its digital office.
//!
//! This crate composes and decides nothing: it reads the settings, opens the parts, joins the routes and the workers,
//! and offers the commands. Rules live in the crates below. It is a library so that tests open the same parts and
//! serve the same routes as the program does.

pub mod command;
pub mod demo;
pub mod parts;
pub mod serve;
pub mod settings;
