//! Many documents through one pipeline, on all cores, in bounded memory.
