//! To be written.
impl super::Reader<'_> {
    pub(super) fn settle_full_names(&mut self) {}
    pub(super) fn settle_surnames(&mut self) {}
    pub(super) fn settle_surnames_again(&mut self) {}
}
