//! Bodies, units, roles.
