//! body follows
