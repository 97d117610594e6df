//! The `ressort` program: a thin caller of the library.

fn main() {}
