//! Persons, sign-in, sessions, tokens, mandates.
