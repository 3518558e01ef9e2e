//! Diwan as a whole, over HTTP, on both engines: the journeys of the cast, what is refused to whom, and what holds
//! when the machine fails. One crate, so that the program is linked once for all of them.

mod again;
mod appealing;
mod applying;
mod authoring;
mod clocks;
mod collecting;
mod copies;
mod correcting;
mod crash;
mod deciding;
mod desk;
mod desk_doors;
mod directory;
mod documents;
mod exports;
mod forms;
mod hostile;
mod journey;
mod messages;
mod notices;
mod outputs;
mod processes;
mod public;
mod refusals;
mod rulings;
mod search;
mod steps;
mod tampering;
mod template;
mod templates;
mod timers;
mod two_nodes;
mod world;
