//! What spreadsheets need of a CSV file.

use polars::prelude::*;

/// The frame with cells defused that a spreadsheet would run as a formula: an apostrophe goes before `=`, `+`, `-`, `@`,
/// tab and carriage return at the start of a text, as OWASP advises against CSV injection.
pub(super) fn defused(frame: &DataFrame) -> PolarsResult<DataFrame> {
    let columns = frame
        .columns()
        .iter()
        .map(|column| {
            if column.dtype() != &DataType::String {
                return Ok(column.clone());
            }
            let texts = column.str()?;
            if !texts.iter().flatten().any(is_formula) {
                return Ok(column.clone());
            }
            let mut builder = StringChunkedBuilder::new(column.name().clone(), texts.len());
            for cell in texts.iter() {
                match cell {
                    Some(text) if is_formula(text) => builder.append_value(format!("'{text}")),
                    other => builder.append_option(other),
                }
            }
            Ok(builder.finish().into_column())
        })
        .collect::<PolarsResult<Vec<_>>>()?;
    DataFrame::new_infer_height(columns)
}

fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_texts() {
        let frame = df!["a" => ["=1+1", "BMDS", "@x", ""], "b" => [1, 2, 3, 4]].unwrap();
        let expected = df!["a" => ["'=1+1", "BMDS", "'@x", ""], "b" => [1, 2, 3, 4]].unwrap();
        assert!(defused(&frame).unwrap().equals(&expected));
    }
}
