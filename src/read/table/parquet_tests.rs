use polars::prelude::{DataFrame, DataType, IntoColumn, NamedFrom, ParquetWriter, Series, TimeUnit};

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

/// A number as the compact protocol writes it.
fn zigzag(number: i64) -> Vec<u8> {
    let mut left = number.cast_unsigned() << 1;
    let mut bytes = Vec::new();
    while left >= 0x80 {
        bytes.push(left as u8 | 0x80);
        left >>= 7;
    }
    bytes.push(left as u8);
    bytes
}

fn whole(length: usize) -> i64 {
    i64::try_from(length).unwrap()
}

/// A file of one column of texts and one page, whose header says what it is told to.
struct Written {
    codec: i64,
    size: i64,
    page: Vec<u8>,
    values: i64,
    encoding: i64,
    rows: i64,
}

impl Written {
    fn plain(texts: &[&str]) -> Self {
        let page: Vec<u8> =
            texts.iter().flat_map(|text| [&(text.len() as u32).to_le_bytes(), text.as_bytes()].concat()).collect();
        let rows = whole(texts.len());
        Self { codec: 0, size: whole(page.len()), page, values: rows, encoding: 0, rows }
    }

    fn bytes(&self) -> Vec<u8> {
        let field = |head: u8, number: i64| [vec![head], zigzag(number)].concat();
        let name = |name: &str| [&[0x18, name.len() as u8], name.as_bytes()].concat();
        let header = [
            field(0x15, 0),
            field(0x15, self.size),
            field(0x15, whole(self.page.len())),
            // Behind the sum of the bytes: a data page.
            vec![0x2c],
            field(0x15, self.values),
            field(0x15, self.encoding),
            field(0x15, 3),
            field(0x15, 3),
            vec![0, 0],
        ]
        .concat();
        let mut bytes = [b"PAR1".as_slice(), &header, &self.page].concat();
        let size = whole(bytes.len()) - 4;
        let root = [vec![0x48, 1, b'r'], field(0x15, 1), vec![0]].concat();
        let column = [field(0x15, 6), field(0x25, 0), name("text"), field(0x25, 0), vec![0]].concat();
        let chunk = [
            field(0x15, 6),
            vec![0x19, 0x15, 0, 0x19, 0x18, 4],
            b"text".to_vec(),
            field(0x15, self.codec),
            field(0x16, self.values),
            field(0x16, size),
            field(0x16, size),
            field(0x26, 4),
            vec![0],
        ]
        .concat();
        let group = [
            vec![0x19, 0x1c],
            field(0x26, 4),
            vec![0x1c],
            chunk,
            vec![0],
            field(0x16, size),
            field(0x16, self.rows),
            vec![0],
        ]
        .concat();
        let footer =
            [field(0x15, 1), vec![0x19, 0x2c], root, column, field(0x16, self.rows), vec![0x19, 0x1c], group, vec![0]]
                .concat();
        let length = (footer.len() as u32).to_le_bytes();
        bytes.extend([&footer, length.as_slice(), b"PAR1"].concat());
        bytes
    }

    fn read(&self) -> (Vec<Document>, Vec<Failure>) {
        documents_of("t.parquet", &self.bytes(), &ReadOptions::default())
    }

    /// What is said of a file that cannot be read.
    fn failure(&self) -> String {
        let (documents, failures) = self.read();
        assert_eq!((documents.len(), failures.len()), (0, 1), "{failures:?}");
        failures[0].message.clone()
    }
}

#[test]
fn lengths_of_pages_are_not_believed() {
    let whole = || Written::plain(&["Für Größe", "Der Bundestag"]);
    let (documents, failures) = whole().read();
    assert_eq!((documents[1].text.as_str(), documents.len(), failures.len()), ("Der Bundestag", 2, 0));
    let huge = i64::from(i32::MAX);
    // Each of them may ask for two gigabytes and more.
    for codec in [1, 2, 4, 5, 6, 7] {
        let message = Written { codec, size: huge, ..whole() }.failure();
        assert!(message.contains("a page has more than 256 MB"), "{message}");
        let message = Written { codec, size: 200 << 20, ..whole() }.failure();
        assert!(message.contains("cannot read t.parquet beyond row 0: "), "{message}");
    }
    let message = Written { values: huge, ..whole() }.failure();
    assert!(message.contains("a page says that it has 2147483647 rows where 2 are left"), "{message}");
    let message = Written { rows: huge << 20, values: huge, ..whole() }.failure();
    assert!(message.contains("it cannot have 2251799812636672 rows"), "{message}");
    let (documents, failures) = Written { rows: 3, ..whole() }.read();
    assert_eq!((documents.len(), failures.len()), (2, 1));
    assert!(failures[0].message.contains("rows behind row 2 are missing"), "{failures:?}");
    // The count of texts whose lengths are differences: 128 in a block, 4 in it, 2^40 in all.
    let page = [&[0x80, 0x01, 0x04][..], &[0x80, 0x80, 0x80, 0x80, 0x80, 0x20], &[0x00]].concat();
    for encoding in [6, 7] {
        let message = Written { encoding, page: page.clone(), ..whole() }.failure();
        assert!(message.contains("its lengths are damaged"), "{message}");
    }
    let message = Written { encoding: 8, ..whole() }.failure();
    assert!(message.contains("a dictionary is missing"), "{message}");
}

#[test]
fn a_text_that_is_no_utf_8_is_left_out() {
    let mut written = Written::plain(&["Der Bundestag", "Bonn"]);
    *written.page.last_mut().unwrap() = 0xff;
    let (documents, failures) = written.read();
    assert_eq!((documents.len(), failures.len()), (1, 1));
    assert_eq!(failures[0].message, "t.parquet, row 2: the text is no UTF-8; it is left out");
    assert_eq!(failures[0].item, Some(1));
}
