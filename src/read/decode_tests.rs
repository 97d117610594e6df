use encoding_rs::{ISO_8859_15, MACINTOSH};

use super::*;

const TEXTS: [&str; 6] = [
    "Für die Länder gilt: § 3 der Verordnung – so der Beschluß – kostet 1,5 Mrd. €.",
    "„Wir müssen schneller werden“, sagte der Ministerpräsident. Das Gesetz sei „überfällig“.",
    "Größe",
    "Bürgermeister",
    "Die Öffnungszeiten der Ämter: Übersicht über die Fördermittel in Thüringen und Baden-Württemberg",
    "Ein langer Text ohne einen einzigen Umlaut, bis das letzte Wort ihn bringt, wie es oft ist: schön",
];

fn single(text: &str, charset: &'static Encoding) -> Vec<u8> {
    charset.encode(text).0.into_owned()
}

fn cp850(text: &str) -> Vec<u8> {
    let all: Vec<u8> = (128..=255).collect();
    let upper: Vec<char> = Charset::Cp850.decode(&all).0.chars().collect();
    text.chars()
        .map(
            |c| {
                if c.is_ascii() {
                    c as u8
                } else {
                    upper.iter().position(|u| *u == c).map_or(b'?', |at| at as u8 + 128)
                }
            },
        )
        .collect()
}

/// ISO 8859-15, which the web's encoders write as well.
fn latin9(text: &str) -> Vec<u8> {
    single(&text.replace(['„', '“', '–'], "-"), ISO_8859_15)
}

#[test]
fn encodings_of_german_are_told_apart() {
    for text in TEXTS {
        let read = |bytes: &[u8]| decode_as(bytes, None);
        assert_eq!(read(text.as_bytes()).text, text);
        assert_eq!(read(&single(text, WINDOWS_1252)).text, text);
        assert_eq!(read(&single(text, MACINTOSH)).text, text);
        let plain = text.replace(['„', '“', '–', '€'], "-");
        assert_eq!(read(&cp850(&plain)).text, plain);
        let plain = text.replace(['„', '“', '–'], "-");
        assert_eq!(read(&latin9(text)).text, plain);
        for (bytes, mark) in [
            (text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(), [0xFF, 0xFE]),
            (text.encode_utf16().flat_map(u16::to_be_bytes).collect(), [0xFE, 0xFF]),
        ] {
            assert_eq!(read(&bytes).text, text);
            assert_eq!(read(&[&mark[..], &bytes].concat()).text, text);
        }
        assert_eq!(read(&[b"\xef\xbb\xbf", text.as_bytes()].concat()).text, text);
    }
    let euro = decode_as(b"Das kostet 1,5 Mrd. \xa4.", None);
    assert_eq!((euro.text.as_str(), euro.encoding), ("Das kostet 1,5 Mrd. €.", "ISO-8859-15"));
}

#[test]
fn other_alphabets_are_read_as_what_they_are() {
    let russian = single("Министерство цифрового развития объявило конкурс", encoding_rs::WINDOWS_1251);
    assert_eq!(decode_as(&russian, None).encoding, "windows-1251");
    let polish = "Ministerstwo Cyfryzacji ogłasza, że środki będą większe, a każdy będzie mógł złożyć wniosek";
    assert_eq!(decode_as(&single(polish, encoding_rs::ISO_8859_2), None).text, polish);
    let turkish = "Türkiye Büyük Millet Meclisi bugün yeni dijital dönüşüm yasasını görüştü, başkan açıkladı";
    assert_eq!(decode_as(&single(turkish, encoding_rs::WINDOWS_1254), None).text, turkish);
    let french = "L'été dernier, le ministère délégué a présenté à l'Assemblée un projet très contesté";
    assert_eq!(decode_as(&single(french, WINDOWS_1252), None).text, french);
}

#[test]
fn foreign_bytes_in_utf8_are_mended_where_they_make_sense() {
    let mixed = [
        "Für Länder und Gemeinden. ".as_bytes(),
        b"F\xfcr die \xd6ffentlichkeit. \x84So\x93 sei es.",
        "Größe".as_bytes(),
    ]
    .concat();
    let decoded = decode_as(&mixed, None);
    assert_eq!(decoded.text, "Für Länder und Gemeinden. Für die Öffentlichkeit. „So“ sei es.Größe");
    assert_eq!((decoded.mended, decoded.replaced, decoded.encoding), (4, 0, "UTF-8"));
    let cut = decode_as(b"Das Amt f\xc3", None);
    assert_eq!((cut.text.as_str(), cut.replaced), ("Das Amt f\u{fffd}", 1));
    let broken = decode_as("Größe \u{fb}x Größe".as_bytes(), None);
    assert_eq!(broken.replaced, 0);
}

#[test]
fn what_is_declared_counts_where_the_bytes_allow_it() {
    assert_eq!(decode_as("für".as_bytes(), Some("iso-8859-1")).text, "für");
    assert_eq!(decode_as(b"f\xfcr", Some("utf-8")).text, "für");
    assert_eq!(decode_as(b"\xcd\xe5\xf2", Some("windows-1251")).text, "Нет");
}

#[test]
fn pictures_and_programs_are_no_text() {
    assert!(is_binary(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0"));
    assert!(!is_binary("Für\tLänder\r\n\x0c".as_bytes()));
    assert!(!is_binary(&"Für".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()));
}
