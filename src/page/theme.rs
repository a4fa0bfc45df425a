//! A reader's own pair of colours, as a style sheet.

use crate::model::CustomColors;

/// Makes the style sheet of a reader's own pair: everything is in one of the two colours, so that
/// nothing has less contrast than what the reader chose.
#[must_use]
pub fn theme_css(colors: &CustomColors) -> String {
    let (text, ground) = (hex(colors.text), hex(colors.ground));
    let scheme = if is_dark(colors.ground) {
        "dark"
    } else {
        "light"
    };
    format!(
        "[data-theme=\"custom\"]{{color-scheme:{scheme};--ground:{ground};--text:{text};\
         --link:{text};--visited:{text};--muted:{text};--line:{text};--focus:{text}}}\n"
    )
}

/// Writes a colour as style sheets and colour fields do.
pub(super) fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// Does white stand out from it more than black does?
fn is_dark(ground: [u8; 3]) -> bool {
    let contrast = |text| CustomColors { text, ground }.contrast();
    contrast([255; 3]) > contrast([0; 3])
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use regex::Regex;

    use super::*;
    use crate::model::Theme;
    use crate::page::asset::style;

    type Row = HashMap<String, [u8; 3]>;

    /// The rows of colours in a style sheet, each with its selector; those for paper aside, where the
    /// reader's eyes are not on a screen.
    fn rows(css: &str) -> Vec<(String, Row)> {
        let screen = css.split("@media print").next().unwrap_or(css);
        let rule = Regex::new(r"(?s)([^{};/]+)\{([^{}]*--ground:[^{}]*)\}").expect("a pattern");
        let color = Regex::new(r"--([a-z]+): ?#([0-9a-f]{6})").expect("a pattern");
        let bytes = |hex: &str| {
            [0, 2, 4].map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("two digits"))
        };
        rule.captures_iter(screen)
            .map(|rule| {
                let row = color.captures_iter(&rule[2]);
                let row = row.map(|c| (c[1].to_owned(), bytes(&c[2]))).collect();
                (rule[1].trim().to_owned(), row)
            })
            .collect()
    }

    #[track_caller]
    fn check(selector: &str, row: &Row) {
        let ground = row["ground"];
        for (name, least) in [
            ("text", 7.0),
            ("link", 7.0),
            ("visited", 7.0),
            ("muted", 7.0),
            ("line", 3.0),
            ("focus", 3.0),
        ] {
            let text = row[name];
            let contrast = CustomColors { text, ground }.contrast();
            assert!(contrast >= least, "{selector}: {name} has {contrast:.2}:1");
        }
    }

    #[test]
    fn every_theme_has_a_row_of_colours_that_can_be_read() {
        let css = style();
        let rows = rows(&css);
        for theme in Theme::ALL.iter().filter(|&&theme| theme != Theme::Custom) {
            let selector = format!("[data-theme=\"{}\"]", theme.word());
            assert!(
                rows.iter().any(|(s, _)| s.contains(&selector)),
                "{selector}"
            );
        }
        for (selector, row) in &rows {
            check(selector, row);
        }
        assert_eq!(
            rows.len(),
            10,
            "seven themes, and three wishes of the system"
        );
    }

    #[test]
    fn a_pair_of_ones_own_is_all_there_is() {
        let colors = CustomColors {
            text: [255, 255, 0],
            ground: [0, 0, 51],
        };
        let css = theme_css(&colors);
        let rows = rows(&css);
        assert_eq!(rows.len(), 1);
        check("custom", &rows[0].1);
        assert!(css.contains("color-scheme:dark"), "{css}");
        let light = CustomColors {
            text: [0; 3],
            ground: [255, 218, 185],
        };
        assert!(theme_css(&light).contains("color-scheme:light"));
    }
}
