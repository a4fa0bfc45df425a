//! The cover of a sound's file: Loa's own icon, since nobody is asked for another.

/// `icon.svg`, drawn at 128 pixels in sixteen colours.
pub(super) const PNG: &[u8] = include_bytes!("../../static/cover.png");
pub(super) const MEDIA_TYPE: &str = "image/png";
pub(super) const FILE_NAME: &str = "cover.png";
/// "Front cover", as ID3 numbers pictures, and FLAC after it.
pub(super) const FRONT: u8 = 3;

/// Every listener pays for it.
const _: () = assert!(PNG.len() < 2_048);

/// Returns the picture as FLAC has it.
///
/// Source: RFC 9639, 8.8; width, height, depth and colours as PNG's own head and palette have them.
pub(super) fn picture() -> Vec<u8> {
    let counted = |bytes: &[u8]| [&number(bytes.len()), bytes].concat();
    [
        &u32::from(FRONT).to_be_bytes()[..],
        &counted(MEDIA_TYPE.as_bytes()),
        &counted(b""), // description
        &PNG[16..24],  // width and height
        &number(24),   // bits of a pixel's colour in the palette
        &number(16),   // colours in the palette
        &counted(PNG),
    ]
    .concat()
}

fn number(number: usize) -> [u8; 4] {
    u32::try_from(number)
        .expect("a few kilobytes at most")
        .to_be_bytes()
}

/// Writes bytes as text (RFC 4648, 4).
pub(super) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = (0..3).fold(0, |bits, at| {
            bits << 8 | usize::from(three.get(at).copied().unwrap_or_default())
        });
        for at in 0..4 {
            let digit = DIGITS[bits >> (18 - 6 * at) & 0x3f];
            text.push(if at <= three.len() { digit.into() } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_written_as_in_rfc_4648() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
        assert_eq!(base64(&[0xfb, 0xff, 0xbf]), "+/+/");
    }

    #[test]
    fn the_cover_is_what_its_description_says() {
        assert_eq!(&PNG[..8], b"\x89PNG\r\n\x1a\n");
        assert_eq!(PNG[24..26], [4, 3], "four bits a pixel, with a palette");
        let palette = PNG.windows(8).find(|part| &part[4..] == b"PLTE");
        assert_eq!(palette.expect("a palette")[..4], (3u32 * 16).to_be_bytes());
    }
}
