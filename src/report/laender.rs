//! What the map of the Länder needs: outlines and inhabitants.

/// Outlines and their source, made by `report/map/build.mjs`.
pub(super) const MAP: &str = include_str!("../../report/map/laender.json");

/// Inhabitants by code of the Land on 31 December 2023: Statistisches Bundesamt (Destatis), Bevölkerungsfortschreibung on
/// the basis of the Zensus 2022.
pub(super) const POPULATION: [(&str, u32); 16] = [
    ("bw", 11_230_740),
    ("by", 13_176_426),
    ("be", 3_662_381),
    ("bb", 2_554_464),
    ("hb", 702_655),
    ("hh", 1_851_596),
    ("he", 6_267_546),
    ("mv", 1_578_041),
    ("ni", 8_008_135),
    ("nw", 18_017_520),
    ("rp", 4_125_163),
    ("sl", 1_014_047),
    ("sn", 4_054_689),
    ("st", 2_144_570),
    ("sh", 2_953_202),
    ("th", 2_114_870),
];

/// The day of [`POPULATION`].
pub(super) const POPULATION_DAY: &str = "2023-12-31";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inhabitants_add_up_to_those_of_germany() {
        assert_eq!(POPULATION.iter().map(|(_, people)| people).sum::<u32>(), 83_456_045);
    }

    #[test]
    fn every_land_has_an_outline() {
        let map: serde_json::Value = serde_json::from_str(MAP).unwrap();
        let outlines = map["laender"].as_object().unwrap();
        assert_eq!(outlines.len(), 16);
        for (code, _) in POPULATION {
            assert!(outlines[code]["path"].as_str().unwrap().starts_with('M'), "{code}");
        }
    }
}
