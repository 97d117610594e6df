//! To be written.
impl super::Reader<'_> {
    pub(super) fn add_anaphors(&mut self) {
        let _ = &mut self.drafts;
    }
}
