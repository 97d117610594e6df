//! To be written.
impl super::Reader<'_> {
    pub(super) fn settle_offices(&mut self) {
        let _ = &mut self.drafts;
    }
}
