//! The shell, the components, the guards.
