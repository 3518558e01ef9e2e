//! Diwan as a whole, over HTTP, on both engines: the journeys of the cast, what is refused to whom, and what holds
//! when the machine fails. One crate, so that the program is linked once for all of them.

mod again;
mod applying;
mod clocks;
mod correcting;
mod crash;
mod deciding;
mod directory;
mod documents;
mod forms;
mod hostile;
mod journey;
mod outputs;
mod processes;
mod public;
mod refusals;
mod tampering;
mod template;
mod templates;
mod world;
