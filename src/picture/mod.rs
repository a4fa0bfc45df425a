//! A portal's picture becomes one that is safe and small: decoded, turned upright, shrunk to what is shown,
//! and written anew, so that no byte of the original reaches a reader, nor where it was taken.
//!
//! What a picture will take is judged by its head before a pixel is decoded. Drawings that are programs
//! (SVG) and formats that few portals use are refused: the words beside a picture say what it shows.

mod frame;

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType as RowFilter, PngEncoder};
use image::imageops::{self, FilterType};
use image::metadata::Orientation;
use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgb, RgbImage, RgbaImage,
};

use crate::model::PictureWidth;

/// Most pixels of a photograph: one of a telephone with 12 megapixels, 36 MB decoded.
const MOST_PIXELS: u64 = 12_600_000;
/// A progressive one is kept whole in coefficients while it is decoded, which takes three times as much.
const MOST_PROGRESSIVE: u64 = MOST_PIXELS / 3;
/// Most bytes that a picture of another format may take decoded: those are small, or bombs.
const MOST_BYTES: u64 = 24 << 20;
/// Longest side in pixels.
const LONGEST_SIDE: u32 = 12_000;
/// How finely photographs are written, of 100.
const QUALITY: u8 = 78;

/// A picture as it is given to readers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Why a picture is not shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// It is no JPEG, PNG, GIF or WebP.
    #[error("it is no picture of a kind that is shown")]
    Kind,
    /// It would take too much memory.
    #[error("it is too large")]
    TooLarge,
    /// It is damaged.
    #[error("it is damaged: {0}")]
    Damaged(String),
}

/// Makes a picture of at most `width` from one that a portal gave; of several in one file, as of an
/// animation, the first. It is never enlarged. What shines through stands on white.
///
/// Takes at most about 40 MB and some tenths of a second.
///
/// # Errors
/// See [`Error`].
pub fn shown(bytes: &[u8], width: PictureWidth) -> Result<Picture, Error> {
    let format = image::guess_format(bytes).map_err(|_| Error::Kind)?;
    let image = decode(bytes, format)?;
    let image = on_white(shrunk(image, width.pixels()));
    let photograph = jpeg(&image)?;
    if format == ImageFormat::Jpeg {
        return Ok(photograph);
    }
    let drawing = png(&image)?;
    if drawing.bytes.len() <= photograph.bytes.len() {
        Ok(drawing)
    } else {
        Ok(photograph)
    }
}

fn decode(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, Error> {
    if !matches!(
        format,
        ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::Gif | ImageFormat::WebP
    ) {
        return Err(Error::Kind);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(2 * MOST_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(wrong)?;
    let (width, height) = decoder.dimensions();
    let is_too_large = match format {
        ImageFormat::Jpeg => u64::from(width) * u64::from(height) > most_pixels(bytes),
        _ => decoder.total_bytes() > MOST_BYTES,
    };
    if is_too_large || width == 0 || height == 0 {
        return Err(Error::TooLarge);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).map_err(wrong)?;
    image.apply_orientation(orientation);
    Ok(image)
}

fn most_pixels(photograph: &[u8]) -> u64 {
    if frame::is_sequential(photograph) {
        MOST_PIXELS
    } else {
        MOST_PROGRESSIVE
    }
}

fn shrunk(image: DynamicImage, width: u32) -> DynamicImage {
    if image.width() <= width {
        return image;
    }
    let height = u64::from(image.height()) * u64::from(width) / u64::from(image.width());
    let height = u32::try_from(height).unwrap_or(LONGEST_SIDE).max(1);
    image.resize_exact(width, height, FilterType::Triangle)
}

/// Puts a picture on white, as pages are that it was made for; its letters may be black.
fn on_white(image: DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.into_rgb8();
    }
    let image = image.into_rgba8();
    let white = image::Rgba([255; 4]);
    let mut ground = RgbaImage::from_pixel(image.width(), image.height(), white);
    imageops::overlay(&mut ground, &image, 0, 0);
    let opaque = |pixel: &image::Rgba<u8>| Rgb([pixel[0], pixel[1], pixel[2]]);
    RgbImage::from_fn(ground.width(), ground.height(), |x, y| {
        opaque(ground.get_pixel(x, y))
    })
}

fn jpeg(image: &RgbImage) -> Result<Picture, Error> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    image.write_with_encoder(encoder).map_err(wrong)?;
    Ok(Picture {
        media_type: "image/jpeg",
        bytes,
    })
}

fn png(image: &RgbImage) -> Result<Picture, Error> {
    let mut bytes = Vec::new();
    let encoder =
        PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, RowFilter::Adaptive);
    image.write_with_encoder(encoder).map_err(wrong)?;
    Ok(Picture {
        media_type: "image/png",
        bytes,
    })
}

fn wrong(cause: image::ImageError) -> Error {
    match cause {
        image::ImageError::Limits(_) => Error::TooLarge,
        image::ImageError::Unsupported(_) => Error::Kind,
        other => Error::Damaged(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture that no format packs to nothing.
    fn speckled(width: u32, height: u32) -> RgbaImage {
        RgbaImage::from_fn(width, height, |x, y| {
            let speck = x
                .wrapping_mul(2_654_435_761)
                .wrapping_add(y.wrapping_mul(40_503))
                >> 7;
            image::Rgba([
                speck as u8,
                (speck >> 3) as u8,
                9,
                if x < 2 { 0 } else { 255 },
            ])
        })
    }

    fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        image
            .write_to(&mut bytes, format)
            .expect("memory never fails");
        bytes.into_inner()
    }

    #[track_caller]
    fn size_of(picture: &Picture) -> (u32, u32) {
        let image = image::load_from_memory(&picture.bytes).expect("a picture");
        (image.width(), image.height())
    }

    #[test]
    fn every_common_kind_is_shrunk_and_none_is_enlarged() {
        let large = DynamicImage::from(speckled(1000, 500));
        let small = DynamicImage::from(speckled(30, 10));
        for format in [
            ImageFormat::Png,
            ImageFormat::Gif,
            ImageFormat::WebP,
            ImageFormat::Jpeg,
        ] {
            let of = |image: &DynamicImage| match format {
                ImageFormat::Jpeg => encoded(&image.to_rgb8().into(), format),
                _ => encoded(image, format),
            };
            let shrunk = shown(&of(&large), PictureWidth::Usual).expect("a picture");
            assert_eq!(size_of(&shrunk), (640, 320), "{format:?}");
            let kept = shown(&of(&small), PictureWidth::Large).expect("a picture");
            assert_eq!(size_of(&kept), (30, 10), "{format:?}");
        }
    }

    #[test]
    fn what_shines_through_stands_on_white() {
        let clear = DynamicImage::from(RgbaImage::from_pixel(8, 8, image::Rgba([0, 0, 0, 0])));
        let shown =
            shown(&encoded(&clear, ImageFormat::Png), PictureWidth::Small).expect("a picture");
        let image = image::load_from_memory(&shown.bytes)
            .expect("a picture")
            .to_rgb8();
        assert!(image.pixels().all(|pixel| pixel.0 == [255; 3]));
    }

    #[test]
    fn nothing_of_the_original_goes_along() {
        let mut bytes = encoded(&speckled(40, 40).into(), ImageFormat::Png);
        bytes.extend(b"<script>alert(1)</script>");
        let shown = shown(&bytes, PictureWidth::Small).expect("a picture");
        let end = b"<script>";
        assert!(!shown.bytes.windows(end.len()).any(|window| window == end));
    }

    #[test]
    fn what_is_no_picture_or_too_large_is_refused_before_it_takes_memory() {
        let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
        for other in [
            &svg[..],
            b"",
            b"GIF",
            b"BM\0\0\0\0\0\0",
            b"%PDF-1.7",
            b"II*\0",
        ] {
            assert_eq!(
                shown(other, PictureWidth::Small),
                Err(Error::Kind),
                "{other:?}"
            );
        }
        // A head that promises what would take 1.2 GB.
        let mut bomb = encoded(&speckled(4, 4).into(), ImageFormat::Png);
        bomb[16..24].copy_from_slice(&[0, 0, 0x4e, 0x20, 0, 0, 0x3a, 0x98]);
        let crc = crc::Crc::<u32>::new(&crc::CRC_32_ISO_HDLC).checksum(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&crc.to_be_bytes());
        assert_eq!(shown(&bomb, PictureWidth::Small), Err(Error::TooLarge));
        let whole = encoded(&speckled(64, 64).into(), ImageFormat::Png);
        let torn = shown(&whole[..whole.len() / 2], PictureWidth::Small);
        assert!(matches!(torn, Err(Error::Damaged(_))), "{torn:?}");
    }
}
