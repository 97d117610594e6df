//! TODO topics
