//! To be written.
impl super::Reader<'_> {
    pub(super) fn add_coordinated(&mut self) {
        let _ = &mut self.drafts;
    }
}
