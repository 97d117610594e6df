use polars::prelude::{IntoColumn, NamedFrom, ParquetWriter, Series, TimeUnit};

use super::*;
use crate::read::testing::documents_of;
use crate::read::{Columns, ReadOptions};

fn parquet(mut frame: DataFrame, group: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).with_row_group_size(Some(group)).finish(&mut frame).unwrap();
    bytes
}

fn frame(rows: i64) -> DataFrame {
    let strings = |name: &str, cell: &dyn Fn(i64) -> Option<String>| {
        Series::new(name.into(), (0..rows).map(cell).collect::<Vec<_>>()).into_column()
    };
    let days: Vec<i64> = (0..rows).map(|row| (20_370 + row % 30) * 86_400_000).collect();
    let times = Series::new("Datum".into(), days).cast(&DataType::Datetime(TimeUnit::Milliseconds, None)).unwrap();
    let land = strings("Land", &|row| Some(["HE", "BY"][row as usize % 2].to_owned()));
    let columns = vec![
        Series::new("id".into(), (0..rows).collect::<Vec<_>>()).into_column(),
        times.into_column(),
        strings("Volltext", &|row| (row != 3).then(|| format!("Für Größe {row}"))),
        land,
    ];
    DataFrame::new(rows as usize, columns).unwrap()
}

#[test]
fn rows_are_documents_whatever_the_groups() {
    let bytes = parquet(frame(9000), 5000);
    let (documents, failures) = documents_of("t.parquet", &bytes, &ReadOptions::default());
    assert_eq!((documents.len(), failures.len()), (9000, 1), "{failures:?}");
    assert!(failures[0].message.contains("row 4: the document is empty"), "{failures:?}");
    for (row, document) in documents.iter().enumerate() {
        assert_eq!((document.id.as_str(), document.item as usize), (row.to_string().as_str(), row));
        assert!(row == 3 || document.text == format!("Für Größe {row}"));
        assert_eq!(document.extra["Land"], ["HE", "BY"][row % 2]);
    }
    assert_eq!(documents[0].date.unwrap().to_string(), "2025-10-09");
}

#[test]
fn missing_columns_and_damage_are_one_failure() {
    let bytes = parquet(frame(100), 50);
    let columns = Columns { text: Some("Rede".into()), ..Columns::default() };
    let (_, failures) = documents_of("t.parquet", &bytes, &ReadOptions { columns, ..ReadOptions::default() });
    assert!(failures[0].message.contains("its columns are: id, Datum, Volltext, Land"), "{failures:?}");
    for cut in [4, 20, bytes.len() / 2, bytes.len() - 1] {
        let (documents, failures) = documents_of("t.parquet", &bytes[..cut], &ReadOptions::default());
        assert_eq!((documents.len(), failures.len()), (0, 1), "{failures:?}");
    }
    // Any byte may be wrong: no panic, and at most one failure beside the row without text.
    for at in (4..bytes.len()).step_by(13) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x5a;
        let (_, failures) = documents_of("t.parquet", &damaged, &ReadOptions::default());
        let other = failures.iter().filter(|failure| failure.item.is_none()).count();
        assert!(other <= 1, "{failures:?}");
    }
}
