//! Makes the files.

#![allow(clippy::format_collect, clippy::format_push_string, clippy::cast_possible_wrap)] // made once, of small numbers

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use std::process::Command;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

type Member<'m> = (&'m str, &'m [u8]);

/// Numbers that are the same in each run (`SplitMix64`).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.next() as u8).collect()
    }

    /// A text that no other is like, so that none is a duplicate.
    fn text(&mut self, sentences: usize) -> String {
        const WORDS: [&str; 24] = [
            "Haushalt",
            "Gemeinde",
            "Antrag",
            "Bericht",
            "Ausschuss",
            "Verwaltung",
            "Register",
            "Bürgeramt",
            "Förderung",
            "Netz",
            "Schule",
            "Klinik",
            "Brücke",
            "Verkehr",
            "Wohnung",
            "Energie",
            "Wasser",
            "Digitalisierung",
            "Sicherheit",
            "Recht",
            "Steuer",
            "Beschluss",
            "Entwurf",
            "Frist",
        ];
        (0..sentences)
            .map(|_| {
                let mut word = || WORDS[self.below(WORDS.len())];
                let (one, two, three) = (word(), word(), word());
                let number = self.below(100_000);
                format!(
                    "Das BMDS und der Freistaat Sachsen legten {one}, {two} und {three} Nr. {number} für 2025 vor. "
                )
            })
            .collect()
    }

    fn lines(&mut self, count: usize) -> Vec<u8> {
        let line = |random: &mut Self| {
            format!("{{\"text\":\"{}\",\"date\":\"2025-10-0{}\"}}\n", random.text(3), 1 + random.below(9))
        };
        (0..count).map(|_| line(self)).collect::<String>().into_bytes()
    }

    fn table(&mut self, rows: usize) -> Vec<u8> {
        let row = |random: &mut Self| {
            format!("{};09.10.2025;\"{}\n{}\"\r\n", random.below(1 << 30), random.text(1), random.text(1))
        };
        let rows: String = (0..rows).map(|_| row(self)).collect();
        format!("id;Datum;Volltext\r\n{rows}").into_bytes()
    }
}

fn zip(members: &[Member<'_>]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tar(members: &[Member<'_>]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_ustar();
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(bytes.len() as u64);
        header.set_cksum();
        builder.append(&header, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = liblzma::write::XzEncoder::new(Vec::new(), 0);
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn warc(random: &mut Random, records: usize) -> Vec<u8> {
    let mut out = Vec::new();
    for number in 0..records {
        let body = format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{}", random.text(6));
        let header = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.de/{number}\r\nWARC-Date: 2025-10-09T08:00:00Z\r\n\
             Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        out.extend([header.as_bytes(), body.as_bytes(), b"\r\n\r\n"].concat());
    }
    out
}

fn mailbox(random: &mut Random, mails: usize) -> Vec<u8> {
    let mail = |random: &mut Random| {
        format!(
            "From a@b.de Thu Oct  9 08:00:00 2025\nFrom: a@b.de\nDate: Thu, 9 Oct 2025 08:00:00 +0200\nSubject: Nr. {}\n\
             MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{}\n\n",
            random.below(1 << 30),
            random.text(3)
        )
    };
    (0..mails).map(|_| mail(random)).collect::<String>().into_bytes()
}

fn page(random: &mut Random) -> Vec<u8> {
    let paragraphs: String = (0..4).map(|_| format!("<p>{}</p>", random.text(3))).collect();
    format!(
        "<!DOCTYPE html><html lang=\"de\"><head><meta charset=\"utf-8\"><title>Meldung {}</title></head><body><article>\
         <h1>Meldung</h1>{paragraphs}</article></body></html>",
        random.below(1 << 30)
    )
    .into_bytes()
}

#[cfg(feature = "tables")]
fn parquet(random: &mut Random, rows: usize) -> Vec<u8> {
    use polars::prelude::*;
    let texts: Vec<String> = (0..rows).map(|_| random.text(3)).collect();
    let ids: Vec<i64> = (0..rows).map(|_| random.below(1 << 40) as i64).collect();
    let columns = vec![Series::new("id".into(), ids).into_column(), Series::new("text".into(), texts).into_column()];
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).finish(&mut DataFrame::new(rows, columns).unwrap()).unwrap();
    bytes
}

/// Files that must be read, whatever lies beside them; their names.
pub(crate) fn good(folder: &Path) -> Vec<String> {
    let random = &mut Random(1);
    let one = |random: &mut Random| random.text(5).into_bytes();
    let (first, second, third) = (one(random), one(random), one(random));
    let members = [("2025/a.txt", &first[..]), ("../../b.txt", &second[..]), ("/etc/c.txt", &third[..])];
    let latin1: Vec<u8> = random.text(5).chars().map(|c| c as u8).collect();
    let wide: Vec<u8> = random.text(5).encode_utf16().flat_map(u16::to_le_bytes).collect();
    let scrambled = random.text(5).replace('ü', "Ã¼").replace('ö', "Ã¶");
    let mut files: Vec<(&str, Vec<u8>)> = vec![
        ("text.txt", one(random)),
        ("latin1.txt", latin1),
        ("utf16.txt", wide),
        ("mojibake.txt", scrambled.into_bytes()),
        ("zeilen.jsonl", random.lines(50)),
        ("zeilen.jsonl.gz", gzip(&[random.lines(50), random.lines(50)].concat())),
        ("zeilen.jsonl.zst", zstd(&random.lines(50))),
        ("zeilen.jsonl.xz", xz(&random.lines(50))),
        ("tabelle.csv", random.table(40)),
        ("archiv.zip", zip(&members)),
    ];
    let (first, second, third) = (one(random), random.lines(20), random.table(20));
    let inner = gzip(&tar(&[("a.txt", &first[..]), ("b.jsonl", &second[..]), ("c.csv", &third[..])]));
    files.push(("archiv.tar", tar(&[("innen.tar.gz", &inner[..])])));
    files.push(("crawl.warc.gz", gzip(&warc(random, 5))));
    #[cfg(feature = "html")]
    files.push(("seite.html", page(random)));
    #[cfg(feature = "mail")]
    files.push(("post.mbox", mailbox(random, 5)));
    #[cfg(feature = "tables")]
    files.push(("tabelle.parquet", parquet(random, 300)));
    #[cfg(feature = "formats")]
    for (name, file) in [
        ("bericht.docx", "report.docx"),
        ("bericht.odt", "report.odt"),
        ("spalten.pdf", "two_columns.pdf"),
        ("brief.eml", "mail.eml"),
    ] {
        files.push((name, sample(file)));
    }
    let put = |(number, (name, bytes)): (usize, &(&str, Vec<u8>))| {
        // Between the bad files, in the order of names.
        let name = format!("{:03}-gut-{name}", number * 15);
        fs::write(folder.join(&name), bytes).unwrap();
        name
    };
    files.iter().enumerate().map(put).collect()
}

/// Gathers the bad files.
struct Bad<'f> {
    folder: &'f Path,
    names: Vec<String>,
}

impl Bad<'_> {
    fn name(&mut self, name: &str) -> std::path::PathBuf {
        let name = format!("{:03}-{name}", self.names.len());
        self.names.push(name.clone());
        self.folder.join(name)
    }

    fn put(&mut self, name: &str, bytes: &[u8]) {
        let path = self.name(name);
        fs::write(path, bytes).unwrap();
    }
}

/// Files of which each is to be one row of `errors`; their names.
pub(crate) fn bad(folder: &Path) -> Vec<String> {
    let mut bad = Bad { folder, names: Vec::new() };
    let random = &mut Random(2);
    truncated(&mut bad, random);
    misnamed(&mut bad, random);
    bombs(&mut bad);
    nested(&mut bad);
    broken_rows(&mut bad, random);
    not_whole(&mut bad, random);
    #[cfg(feature = "formats")]
    papers(&mut bad);
    not_files(&mut bad);
    bad.names
}

fn truncated(bad: &mut Bad<'_>, random: &mut Random) {
    let texts: Vec<Vec<u8>> = (0..12).map(|_| random.text(200).into_bytes()).collect();
    let names: Vec<String> = (0..12).map(|number| format!("{number}.txt")).collect();
    let members: Vec<Member<'_>> = names.iter().map(String::as_str).zip(texts.iter().map(Vec::as_slice)).collect();
    let lines = random.lines(300);
    let mut whole: Vec<(&str, Vec<u8>)> = vec![
        ("a.zip", zip(&members)),
        ("a.tar", tar(&members)),
        ("a.tar.gz", gzip(&tar(&members))),
        ("a.tar.zst", zstd(&tar(&members))),
        ("a.tar.xz", xz(&tar(&members))),
        ("a.jsonl.gz", gzip(&lines)),
        ("a.jsonl.zst", zstd(&lines)),
        ("a.jsonl.xz", xz(&lines)),
        ("a.txt.gz", gzip(&texts[0])),
        ("a.warc", warc(random, 30)),
        ("a.warc.gz", gzip(&warc(random, 30))),
    ];
    #[cfg(feature = "tables")]
    whole.push(("a.parquet", parquet(random, 500)));
    for (name, bytes) in &whole {
        for share in [11, 35, 62, 88, 99] {
            bad.put(&format!("gekürzt-{share}-{name}"), &bytes[..bytes.len() * share / 100]);
        }
        bad.put(&format!("gekürzt-{name}"), &bytes[..5]);
    }
    bad.put("gekürzt.jsonl", &lines[..lines.len() - 20]);
}

const ENDINGS: [&str; 17] = [
    "txt", "jsonl", "csv", "zip", "tar", "gz", "zst", "xz", "warc", "mbox", "parquet", "html", "xml", "docx", "odt",
    "pdf", "eml",
];

fn misnamed(bad: &mut Bad<'_>, random: &mut Random) {
    let noise = random.text(20).into_bytes();
    for ending in ENDINGS {
        bad.put(&format!("leer.{ending}"), b"");
        bad.put(&format!("zufall.{ending}"), &random.bytes(3000));
        bad.put(&format!("kurz.{ending}"), &[0, 1, 2, 3, 4]);
        bad.put(&format!("bild.{ending}"), &[b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), random.bytes(500)].concat());
        if !["txt", "html", "xml"].contains(&ending) {
            bad.put(&format!("nur-text.{ending}"), &noise);
        }
    }
    bad.put("ohne-endung", &noise);
    for (name, start) in [
        ("programm", &b"\x7fELF\x02\x01\x01\0"[..]),
        ("alt.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("sieben.7z", b"7z\xbc\xaf\x27\x1c"),
        ("ton.mp3", b"ID3\x04\0\0"),
        ("bank.sqlite", b"SQLite format 3\0"),
        ("brief.rtf", b"{\\rtf1\\ansi Brief}"),
        ("gepackt.bz2", b"BZh91AY&SY"),
    ] {
        bad.put(name, &[start, &random.bytes(300)].concat());
    }
}

fn bombs(bad: &mut Bad<'_>) {
    let zeros = vec![0u8; 30 << 20];
    let letters = vec![b'a'; 66 << 20];
    bad.put("nullen.txt", &zeros);
    bad.put("nullen.zip", &zip(&[("nullen.txt", &zeros)]));
    bad.put("nullen.txt.gz", &gzip(&zeros));
    bad.put("nullen.jsonl.zst", &zstd(&zeros));
    bad.put("nullen.tar.xz", &xz(&tar(&[("nullen.jsonl", &zeros)])));
    bad.put("zweimal.gz", &gzip(&gzip(&zeros)));
    bad.put("bombe.zip", &zip(&[("bombe.txt", &letters)]));
    bad.put("bombe.txt.zst", &zstd(&letters));
    let line = [b"{\"text\":\"".as_slice(), &letters, b"\"}\n"].concat();
    bad.put("lange-zeile.jsonl", &line);
    bad.put("lange-zeile.jsonl.zst", &zstd(&line));
    bad.put("lange-zeile.csv", &[b"id;text\n1;\"".as_slice(), &letters].concat());
    bad.put("lang.txt", &letters);
    let again = (0..9).fold(b"Text".to_vec(), |bytes, _| gzip(&bytes));
    bad.put("immer-wieder.gz", &again);
    bad.put("überlappt.zip", &overlapping());
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::GNULongName);
    header.set_size(20 << 20);
    header.set_path("x").unwrap();
    header.set_cksum();
    bad.put("langer-name.tar", &[header.as_bytes().as_slice(), &letters[..20 << 20]].concat());
}

/// An archive whose directory names one member many times.
fn overlapping() -> Vec<u8> {
    let one = zip(&[("a.bin", &Random(9).bytes(4000))]);
    let start = one.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    let end = one.windows(4).rposition(|four| four == b"PK\x05\x06").unwrap();
    let (entry, mut tail) = (one[start..end].to_vec(), one[end..].to_vec());
    let many = 2000u16;
    tail[8..10].copy_from_slice(&many.to_le_bytes());
    tail[10..12].copy_from_slice(&many.to_le_bytes());
    tail[12..16].copy_from_slice(&(entry.len() as u32 * u32::from(many)).to_le_bytes());
    // Under a hidden name, so that it is not read itself.
    let mut hidden = entry.clone();
    let name = hidden.windows(5).position(|five| five == b"a.bin").unwrap();
    hidden[name] = b'.';
    [&one[..start], &hidden.repeat(many.into()), &tail].concat()
}

fn nested(bad: &mut Bad<'_>) {
    let mut archive = b"Text".to_vec();
    for depth in 0..7 {
        let name = if depth == 0 { "a.txt".to_owned() } else { format!("{depth}.zip") };
        archive = zip(&[(&name, &archive)]);
    }
    bad.put("tief.zip", &archive);
    let deep = format!("{{\"text\":{}{}}}\n", "[".repeat(100_000), "]".repeat(100_000));
    bad.put("tief.jsonl", deep.as_bytes());
    #[cfg(feature = "html")]
    {
        let page = format!("<html><body>{}Text", "<div>".repeat(300_000));
        bad.put("tief.html", page.as_bytes());
    }
    #[cfg(feature = "xml")]
    {
        let tree = format!("<?xml version=\"1.0\"?><a>{}", "<b>".repeat(300_000));
        bad.put("tief.xml", tree.as_bytes());
        let mut entities = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY a0 \"ha\">".to_owned();
        for level in 1..20 {
            entities += &format!("<!ENTITY a{level} \"{}\">", format!("&a{};", level - 1).repeat(10));
        }
        bad.put("lachen.xml", format!("{entities}]><a>&a19;</a>").as_bytes());
    }
}

fn broken_rows(bad: &mut Bad<'_>, random: &mut Random) {
    let table = String::from_utf8(random.table(20)).unwrap();
    bad.put("offen.csv", table.replacen("\r\n", "\r\n7;8.10.2025;\"offen\r\n", 1).as_bytes());
    bad.put("ohne-spalte.csv", b"a;b\n1;2\n");
    bad.put("nur-kopf.csv", b"id;text\n");
    bad.put("zu-wenig.csv", b"id;text\n1;gut\n2\n3;gut\n");
    bad.put("zu-viel.csv", b"id;text\n1;gut\n2;a;b\n3;gut\n");
    bad.put("tag.csv", b"id;datum;text\n1;morgen;gut\n");
    bad.put("kein-json.jsonl", b"{\"text\":\"gut\"}\nkaputt\n{\"text\":\"auch gut\"}\n");
    bad.put("ohne-text.jsonl", b"{\"text\":\"gut\"}\n{\"titel\":\"x\"}\n");
    bad.put("zahl.jsonl", b"{\"text\":1}\n");
    bad.put("tag.jsonl", b"{\"text\":\"gut\",\"date\":\"gestern\"}\n");
    bad.put("mehrzeilig.jsonl", format!("{{\n{}}}\n", "  \"text\": \"x\",\n".repeat(50)).as_bytes());
    bad.put("kein-postfach.mbox", b"Subject: x\n\nFrom a@b.de 08:00\n");
    for at in 0..5 {
        let mut bytes = format!("Für Länder. {}", random.text(4)).into_bytes();
        bytes.insert(20 + at, 0xff);
        bad.put(&format!("falsches-byte-{at}.txt"), &bytes);
    }
    let mut wide: Vec<u8> = "Für das Amt".encode_utf16().flat_map(u16::to_le_bytes).collect();
    wide.pop();
    bad.put("halbes-zeichen.txt", &wide);
}

fn not_whole(bad: &mut Bad<'_>, random: &mut Random) {
    let text = random.text(40).into_bytes();
    let whole = zip(&[("a.txt", &text)]);
    let directory = whole.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
    for (name, at, mask) in
        [("verschlüsselt", directory + 8, 1), ("verfahren", directory + 10, 99), ("summe", directory + 16, 255)]
    {
        let mut bytes = whole.clone();
        bytes[at] ^= mask;
        bad.put(&format!("{name}.zip"), &bytes);
    }
    for number in 0..4 {
        let mut bytes = gzip(&tar(&[("a.txt", &text)]));
        let end = bytes.len() - 8;
        bytes[end + number] ^= 0x55;
        bad.put(&format!("summe-{number}.tar.gz"), &bytes);
        let mut bytes = tar(&[("a.txt", &text)]);
        bytes[100 + number * 13] ^= 0x15;
        bad.put(&format!("kopf-{number}.tar"), &bytes);
    }
    let long = warc(random, 1);
    let text = String::from_utf8(long).unwrap();
    bad.put("länge.warc", text.replace("Content-Length: ", "Content-Length: 9").as_bytes());
    bad.put("ohne-länge.warc", text.replace("Content-Length", "Länge").as_bytes());
    #[cfg(feature = "tables")]
    for number in 0..6 {
        let mut bytes = parquet(random, 400);
        let length = bytes.len();
        // In the footer, where it says what the columns are and where they lie; in the pages.
        let footer = u32::from_le_bytes(*bytes[..length - 4].last_chunk().unwrap()) as usize;
        let at = if number < 3 { length - 8 - footer + number * 20 } else { length / 8 * (number - 1) };
        for byte in &mut bytes[at..at + 16] {
            *byte = 0xaa;
        }
        bad.put(&format!("schaden-{number}.parquet"), &bytes);
    }
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::Symlink);
    header.set_size(0);
    header.set_path("link.txt").unwrap();
    header.set_link_name("/etc/passwd").unwrap();
    header.set_cksum();
    builder.append(&header, &b""[..]).unwrap();
    bad.put("link.tar", &builder.into_inner().unwrap());
}

/// The sample of a format.
#[cfg(feature = "formats")]
fn sample(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats").join(name)).unwrap()
}

/// A member of an archive that is deflated.
#[cfg(feature = "formats")]
fn office(kind: &str, content: &str) -> Vec<u8> {
    match kind {
        "docx" => zip(&[
            ("[Content_Types].xml", b"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
            ("word/document.xml", content.as_bytes()),
        ]),
        _ => zip(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.as_bytes())]),
    }
}

/// Broken DOCX, ODT, PDF and e-mails.
#[cfg(feature = "formats")]
fn papers(bad: &mut Bad<'_>) {
    for kind in ["docx", "odt"] {
        let whole = sample(&format!("report.{kind}"));
        for share in [11, 35, 62, 88, 99] {
            bad.put(&format!("gekürzt-{share}.{kind}"), &whole[..whole.len() * share / 100]);
        }
        bad.put(&format!("ohne-text.{kind}"), &zip(&[("word/styles.xml", b"<a/>")]));
        bad.put(&format!("kein-xml.{kind}"), &office(kind, "kein XML <<<"));
        bad.put(&format!("offen.{kind}"), &office(kind, "<?xml version=\"1.0\"?><w:document><w:body><w:p>"));
        bad.put(&format!("tief.{kind}"), &office(kind, &format!("<a>{}", "<b>".repeat(300_000))));
        let laugh = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x \"ha\"><!ENTITY y \"&x;&x;\">]><a>&y;</a>";
        bad.put(&format!("lachen.{kind}"), &office(kind, laugh));
        bad.put(&format!("bombe.{kind}"), &office(kind, &" ".repeat(300 << 20)));
    }
    let whole = sample("two_columns.pdf");
    for share in [1, 3] {
        bad.put(&format!("gekürzt-{share}.pdf"), &whole[..whole.len() * share / 100]);
    }
    bad.put("nur-kopf.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n");
    bad.put("ohne-seiten.pdf", b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n");
    bad.put("im-kreis.pdf", b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [2 0 R] /Count 9 >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n");
    bad.put("verschlüsselt.pdf", b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n3 0 obj\n<< /Filter /Standard /V 4 /R 4 >>\nendobj\ntrailer\n<< /Root 1 0 R /Encrypt 3 0 R >>\n%%EOF\n");
    let parts = |depth: usize| -> String {
        (0..depth)
            .map(|level| format!("Content-Type: multipart/mixed; boundary=\"b{level}\"\n\n--b{level}\n"))
            .collect()
    };
    bad.put("tief.eml", format!("From: a@b.de\nMIME-Version: 1.0\n{}", parts(5_000)).as_bytes());
    bad.put("ohne-text.eml", b"From: a@b.de\nMIME-Version: 1.0\nContent-Type: image/png\n\n\n");
}

fn not_files(bad: &mut Bad<'_>) {
    let link = bad.name("link.txt");
    std::os::unix::fs::symlink("/etc/passwd", link).unwrap();
    let circle = bad.name("kreis");
    std::os::unix::fs::symlink(bad.folder, circle).unwrap();
    let own = bad.name("selbst.txt");
    std::os::unix::fs::symlink(&own, &own).unwrap();
    let pipe = bad.name("rohr.txt");
    assert!(Command::new("mkfifo").arg(pipe).status().unwrap().success());
    let socket = bad.name("buchse.jsonl");
    drop(std::os::unix::net::UnixListener::bind(socket).unwrap());
}
