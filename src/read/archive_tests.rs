use std::io::{Cursor, Write};

use ::zip::write::SimpleFileOptions;
use ::zip::{CompressionMethod, ZipWriter};

use super::*;
use crate::document::{Document, Failure};
use crate::read::testing::documents_of;
use crate::read::{Limits, ReadOptions};

/// Text whose letters lie above ASCII, and which hardly packs.
fn noise(seed: u32, length: usize) -> String {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from_u32(0x61 + (state >> 24) % 26).unwrap_or('x')
    };
    (0..length).map(|at| if at % 7 == 6 { ' ' } else { next() }).collect()
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = ::tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = ::tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        builder.append_data(&mut header, name, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = liblzma::write::XzEncoder::new(Vec::new(), 1);
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ::zstd::encode_all(bytes, 1).unwrap()
}

fn read(name: &str, bytes: &[u8]) -> (Vec<Document>, Vec<Failure>) {
    documents_of(name, bytes, &ReadOptions::default())
}

fn sources(documents: &[Document]) -> Vec<&str> {
    documents.iter().map(|document| document.source.as_str()).collect()
}

const LINES: &[u8] = "{\"text\":\"Für das BMDS.\",\"id\":\"a\"}\n{\"text\":\"Zwei.\"}\n".as_bytes();
const MEMBERS: &[(&str, &[u8])] = &[
    ("2025/a.txt", b"Das BMDS."),
    (".versteckt/b.txt", b"nein"),
    ("__MACOSX/._a.txt", b"nein"),
    ("bild.png", b"\x89PNG\r\n\x1a\n"),
    ("unbekannt", b"Text ohne Endung"),
    ("zeilen", LINES),
    ("../../etc/passwd.txt", b"Ein Name ist kein Pfad."),
    ("leer.jsonl", b""),
];

#[test]
fn members_are_named_by_their_place() {
    for (name, bytes) in [
        ("a.zip", zip(MEMBERS)),
        ("a.tar", tar_raw(MEMBERS)),
        ("a.tar.gz", gzip(&tar_raw(MEMBERS))),
        ("a.tgz", gzip(&tar_raw(MEMBERS))),
        ("a.tar.zst", zstd(&tar_raw(MEMBERS))),
        ("a.tar.xz", xz(&tar_raw(MEMBERS))),
        ("-", gzip(&tar_raw(MEMBERS))),
    ] {
        let (documents, failures) = read(name, &bytes);
        let expected =
            ["2025/a.txt", "zeilen", "zeilen", "../../etc/passwd.txt"].map(|member| format!("{name}!/{member}"));
        assert_eq!(sources(&documents), expected, "{name}");
        assert_eq!(documents[1].text, "Für das BMDS.");
        assert_eq!(documents[2].id, format!("{name}!/zeilen#2"));
        let told: Vec<_> = failures.iter().map(|failure| failure.source.clone()).collect();
        assert_eq!(
            told,
            ["bild.png", "unbekannt", "leer.jsonl"].map(|member| format!("{name}!/{member}")),
            "{failures:?}"
        );
        assert!(failures[0].message.contains("PNG"), "{failures:?}");
    }
}

/// A TAR archive with names that its writer refuses.
fn tar_raw(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = ::tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = ::tar::Header::new_ustar();
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(bytes.len() as u64);
        header.set_cksum();
        builder.append(&header, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

#[test]
fn packed_files_are_what_they_were() {
    let two = [gzip(LINES), gzip(LINES)].concat();
    for (name, bytes, count) in [
        ("a.jsonl.gz", two, 4),
        ("a.jsonl.zst", zstd(LINES), 2),
        ("a.jsonl.xz", xz(LINES), 2),
        ("a.txt.gz", gzip(b"Text"), 1),
    ] {
        let (documents, failures) = read(name, &bytes);
        assert_eq!((documents.len(), failures.len()), (count, 0), "{name} {failures:?}");
        assert_eq!(documents[0].source, name);
    }
    // The bytes tell more than the name.
    assert_eq!(read("a.jsonl", &gzip(LINES)).0.len(), 2);
}

#[test]
fn archives_in_archives_up_to_a_depth() {
    let mut archive = ("tief.txt".to_owned(), b"Das BMDS.".to_vec());
    for depth in 1..=6 {
        let bytes =
            if depth % 2 == 0 { zip(&[(&archive.0, &archive.1)]) } else { gzip(&tar(&[(&archive.0, &archive.1)])) };
        let name = if depth % 2 == 0 { format!("{depth}.zip") } else { format!("{depth}.tar.gz") };
        archive = (name, bytes);
        let (documents, failures) = read(&archive.0, &archive.1);
        assert_eq!((documents.len(), failures.len()), if depth <= 4 { (1, 0) } else { (0, 1) }, "{depth} {failures:?}");
        if depth == 3 {
            assert_eq!(documents[0].source, "3.tar.gz!/2.zip!/1.tar.gz!/tief.txt");
        }
    }
    let again = (0..7).fold(b"Text".to_vec(), |bytes, _| gzip(&bytes));
    assert_eq!(read("a.txt.gz.gz.gz.gz.gz.gz.gz", &again).1.len(), 1);
}

#[test]
fn what_stands_before_a_break_is_whole() {
    let member = |n| (format!("{n}.txt"), format!("Text {n}. {}", noise(n, 100_000)));
    let members: Vec<(String, String)> = (0..8).map(member).collect();
    let members: Vec<(&str, &[u8])> = members.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    for (name, bytes) in [
        ("a.zip", zip(&members)),
        ("a.tar", tar(&members)),
        ("a.tar.gz", gzip(&tar(&members))),
        ("a.tar.zst", zstd(&tar(&members))),
        ("a.tar.xz", xz(&tar(&members))),
    ] {
        assert_eq!(read(name, &bytes).0.len(), 8);
        let (documents, failures) = read(name, &bytes[..bytes.len() * 6 / 10]);
        assert_eq!(failures.len(), 1, "{name}: {failures:?}");
        assert!((2..6).contains(&documents.len()), "{name}: {}", documents.len());
        for (document, (member, text)) in documents.iter().zip(&members) {
            assert_eq!(document.source, format!("{name}!/{member}"));
            assert_eq!(document.text.as_bytes(), *text);
        }
        for length in [0, 1, 3, 10, 40, 300] {
            assert_eq!(read(name, &bytes[..length]).1.len(), 1, "{name} cut to {length}");
        }
    }
    let cut = gzip(LINES);
    let (documents, failures) = read("a.jsonl.gz", &cut[..cut.len() - 4]);
    assert_eq!((documents.len(), failures.len()), (2, 1));
}

#[test]
fn bombs_are_one_failure_each_and_the_rest_is_read() {
    let zeros = vec![0; 3 << 19];
    let limits = Limits { document_bytes: 1 << 20, ratio: 100, ..Limits::default() };
    let options = ReadOptions { limits, ..ReadOptions::default() };
    let bombs: Vec<(&str, Vec<u8>)> = vec![
        ("bombe.txt", zeros.clone()),
        ("bombe.txt.gz", gzip(&zeros)),
        ("bombe.jsonl.zst", zstd(&zeros)),
        ("bombe.xz", xz(&zeros)),
        ("bombe.gz.gz", gzip(&gzip(&zeros))),
        ("bombe.zip", zip(&[("innen.txt", &zeros)])),
        ("bombe.csv", [b"id;text\n1;\"".to_vec(), zeros.clone()].concat()),
    ];
    let mut members: Vec<(&str, &[u8])> = vec![("vorn.txt", b"vorn")];
    members.extend(bombs.iter().map(|(name, bytes)| (*name, bytes.as_slice())));
    members.push(("hinten.txt", b"hinten"));
    for (name, bytes) in [("a.zip", zip(&members)), ("a.tar.gz", gzip(&tar(&members)))] {
        let (documents, failures) = documents_of(name, &bytes, &options);
        assert_eq!(sources(&documents), [format!("{name}!/vorn.txt"), format!("{name}!/hinten.txt")]);
        let mut told: Vec<_> = failures.iter().map(|failure| failure.source.split("!/").nth(1).unwrap()).collect();
        told.dedup();
        assert_eq!(told.len(), failures.len(), "{failures:?}");
        assert_eq!(told, bombs.iter().map(|(name, _)| *name).collect::<Vec<_>>(), "{failures:?}");
    }
}

#[test]
fn members_that_share_their_bytes_are_a_bomb() {
    // The directory names the same member many times.
    let one = zip(&[("a.txt", noise(1, 4000).as_bytes())]);
    let start = one.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    let end = one.windows(4).rposition(|four| four == b"PK\x05\x06").unwrap();
    let (entry, mut tail) = (one[start..end].to_vec(), one[end..].to_vec());
    let many = 1000u16;
    tail[8..10].copy_from_slice(&many.to_le_bytes());
    tail[10..12].copy_from_slice(&many.to_le_bytes());
    tail[12..16].copy_from_slice(&(entry.len() as u32 * u32::from(many)).to_le_bytes());
    let bytes = [&one[..start], &entry.repeat(many.into()), &tail].concat();
    let (documents, failures) = read("a.zip", &bytes);
    assert!(documents.len() < 50, "{}", documents.len());
    assert!(failures.len() == 1 && failures[0].message.contains("overlap"), "{failures:?}");
}

#[test]
fn links_and_encrypted_members_are_told_and_not_followed() {
    let mut builder = ::tar::Builder::new(Vec::new());
    for (kind, name) in
        [(::tar::EntryType::Symlink, "link.txt"), (::tar::EntryType::Char, "null"), (::tar::EntryType::Directory, "d")]
    {
        let mut header = ::tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(0);
        header.set_path(name).unwrap();
        header.set_link_name("/etc/passwd").unwrap();
        header.set_cksum();
        builder.append(&header, &b""[..]).unwrap();
    }
    let (documents, failures) = read("a.tar", &builder.into_inner().unwrap());
    assert!(documents.is_empty());
    assert_eq!(failures.len(), 2, "{failures:?}");
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_symlink("link.txt", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    writer.start_file("gut.txt", SimpleFileOptions::default()).unwrap();
    writer.write_all(b"gut").unwrap();
    let mut bytes = writer.finish().unwrap().into_inner();
    let (documents, failures) = read("a.zip", &bytes);
    assert_eq!((documents.len(), failures.len()), (1, 1), "{failures:?}");
    assert!(failures[0].message.contains("link"));
    // The flag that says encrypted, in the directory.
    let entry = bytes.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
    bytes[entry + 8] |= 1;
    let (documents, failures) = read("a.zip", &bytes);
    assert_eq!((documents.len(), failures.len()), (0, 2), "{failures:?}");
    assert!(failures[1].message.contains("encrypted"));
}

#[test]
fn names_of_dos_and_of_windows() {
    assert_eq!(member_name("Größe/ä.txt".as_bytes()), "Größe/ä.txt");
    assert_eq!(member_name(b"Gr\x94\xe1e.txt"), "Größe.txt");
    assert_eq!(member_name(b"Gr\xf6\xdfe.txt"), "Größe.txt");
    assert_eq!(member_name(b"a\\b\x1b[31m.txt"), "a/b\u{fffd}[31m.txt");
}

#[test]
fn headers_of_tar_are_bounded() {
    // A long name of ten megabytes, and a pax header that never ends.
    for kind in [b'L', b'x'] {
        let mut header = ::tar::Header::new_gnu();
        header.set_entry_type(::tar::EntryType::new(kind));
        header.set_size(10 << 20);
        header.set_path("x").unwrap();
        header.set_cksum();
        let bytes = [header.as_bytes().to_vec(), vec![b'a'; 10 << 20]].concat();
        let (documents, failures) = read("a.tar", &bytes);
        assert_eq!((documents.len(), failures.len()), (0, 1), "{failures:?}");
        assert!(failures[0].message.contains("too long"), "{failures:?}");
    }
}
