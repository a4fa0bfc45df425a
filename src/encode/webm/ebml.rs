//! EBML: elements of a name, a size and a content.
//!
//! Source: RFC 8794, 4 to 7.

/// The names of elements (RFC 8794, 11.2; RFC 9559, 5.1).
pub(super) mod id {
    pub(in super::super) const EBML: u32 = 0x1a45_dfa3;
    pub(in super::super) const EBML_VERSION: u32 = 0x4286;
    pub(in super::super) const EBML_READ_VERSION: u32 = 0x42f7;
    pub(in super::super) const EBML_MAX_ID: u32 = 0x42f2;
    pub(in super::super) const EBML_MAX_SIZE: u32 = 0x42f3;
    pub(in super::super) const DOC_TYPE: u32 = 0x4282;
    pub(in super::super) const DOC_VERSION: u32 = 0x4287;
    pub(in super::super) const DOC_READ_VERSION: u32 = 0x4285;
    pub(in super::super) const VOID: u32 = 0xec;
    pub(in super::super) const SEGMENT: u32 = 0x1853_8067;
    pub(in super::super) const SEEK_HEAD: u32 = 0x114d_9b74;
    pub(in super::super) const SEEK: u32 = 0x4dbb;
    pub(in super::super) const SEEK_ID: u32 = 0x53ab;
    pub(in super::super) const SEEK_POSITION: u32 = 0x53ac;
    pub(in super::super) const INFO: u32 = 0x1549_a966;
    pub(in super::super) const TIME_SCALE: u32 = 0x2a_d7b1;
    pub(in super::super) const MUXER: u32 = 0x4d80;
    pub(in super::super) const WRITER: u32 = 0x5741;
    pub(in super::super) const TITLE: u32 = 0x7ba9;
    pub(in super::super) const DURATION: u32 = 0x4489;
    pub(in super::super) const TRACKS: u32 = 0x1654_ae6b;
    pub(in super::super) const TRACK_ENTRY: u32 = 0xae;
    pub(in super::super) const TRACK_NUMBER: u32 = 0xd7;
    pub(in super::super) const TRACK_UID: u32 = 0x73c5;
    pub(in super::super) const TRACK_TYPE: u32 = 0x83;
    pub(in super::super) const LACING: u32 = 0x9c;
    pub(in super::super) const LANGUAGE: u32 = 0x22_b59c;
    pub(in super::super) const CODEC: u32 = 0x86;
    pub(in super::super) const CODEC_PRIVATE: u32 = 0x63a2;
    pub(in super::super) const CODEC_DELAY: u32 = 0x56aa;
    pub(in super::super) const SEEK_PRE_ROLL: u32 = 0x56bb;
    pub(in super::super) const AUDIO: u32 = 0xe1;
    pub(in super::super) const RATE: u32 = 0xb5;
    pub(in super::super) const CHANNELS: u32 = 0x9f;
    pub(in super::super) const TAGS: u32 = 0x1254_c367;
    pub(in super::super) const TAG: u32 = 0x7373;
    pub(in super::super) const TARGETS: u32 = 0x63c0;
    pub(in super::super) const SIMPLE_TAG: u32 = 0x67c8;
    pub(in super::super) const TAG_NAME: u32 = 0x45a3;
    pub(in super::super) const TAG_STRING: u32 = 0x4487;
    pub(in super::super) const CHAPTERS: u32 = 0x1043_a770;
    pub(in super::super) const EDITION: u32 = 0x45b9;
    pub(in super::super) const CHAPTER: u32 = 0xb6;
    pub(in super::super) const CHAPTER_UID: u32 = 0x73c4;
    pub(in super::super) const CHAPTER_BEGIN: u32 = 0x91;
    pub(in super::super) const CHAPTER_END: u32 = 0x92;
    pub(in super::super) const CHAPTER_DISPLAY: u32 = 0x80;
    pub(in super::super) const CHAPTER_TITLE: u32 = 0x85;
    pub(in super::super) const CHAPTER_LANGUAGE: u32 = 0x437c;
    pub(in super::super) const ATTACHMENTS: u32 = 0x1941_a469;
    pub(in super::super) const FILE: u32 = 0x61a7;
    pub(in super::super) const FILE_NAME: u32 = 0x466e;
    pub(in super::super) const FILE_TYPE: u32 = 0x4660;
    pub(in super::super) const FILE_UID: u32 = 0x46ae;
    pub(in super::super) const FILE_DATA: u32 = 0x465c;
    pub(in super::super) const CLUSTER: u32 = 0x1f43_b675;
    pub(in super::super) const TIME: u32 = 0xe7;
    pub(in super::super) const SIMPLE_BLOCK: u32 = 0xa3;
    pub(in super::super) const CUES: u32 = 0x1c53_bb6b;
    pub(in super::super) const CUE_POINT: u32 = 0xbb;
    pub(in super::super) const CUE_TIME: u32 = 0xb3;
    pub(in super::super) const CUE_PLACE: u32 = 0xb7;
    pub(in super::super) const CUE_TRACK: u32 = 0xf7;
    pub(in super::super) const CUE_CLUSTER: u32 = 0xf1;
}

/// Returns a name's bytes.
pub(super) fn id(name: u32) -> Vec<u8> {
    let zeros = name.leading_zeros() as usize / 8;
    name.to_be_bytes()[zeros..].to_vec()
}

/// Returns an element.
pub(super) fn element(name: u32, content: &[u8]) -> Vec<u8> {
    [&id(name), &size(content.len()), content].concat()
}

/// Returns a number, always of eight bytes, so that its element's length says nothing of it.
pub(super) fn uint(name: u32, number: u64) -> Vec<u8> {
    element(name, &number.to_be_bytes())
}

/// Returns a number with a fraction.
pub(super) fn real(name: u32, number: f64) -> Vec<u8> {
    element(name, &number.to_be_bytes())
}

/// Returns a text.
pub(super) fn text(name: u32, text: &str) -> Vec<u8> {
    element(name, text.as_bytes())
}

/// Returns an element of so many bytes, two at least, that says nothing.
pub(super) fn void(bytes: usize) -> Vec<u8> {
    let head = match bytes.checked_sub(1 + 8) {
        Some(rest) => wide_size(rest as u64),
        None => size(bytes - 2),
    };
    let mut void = [id(id::VOID), head].concat();
    void.resize(bytes, 0);
    void
}

/// Returns a size in eight bytes.
pub(super) fn wide_size(size: u64) -> Vec<u8> {
    (size | 1 << 56).to_be_bytes().to_vec()
}

/// Returns a size in one byte where it fits, else in four.
fn size(size: usize) -> Vec<u8> {
    match u8::try_from(size) {
        Ok(small @ ..0x7f) => vec![small | 0x80],
        _ => {
            let large = u32::try_from(size).ok().filter(|size| size >> 28 == 0);
            let large = large.expect("an element is below 256 MB") | 1 << 28;
            large.to_be_bytes().to_vec()
        }
    }
}
