//! The words of the cues, and how prose says the same already.

use crate::model::Cue;

/// The cues of one language. `{n}` stands for a number.
pub(super) struct Words {
    pub(super) picture: &'static str,
    /// Before a caption whose picture has been described.
    pub(super) caption: &'static str,
    pub(super) table: &'static str,
    /// Before the headers of a table that has been announced.
    pub(super) columns: &'static str,
    /// Before those of one that has not.
    pub(super) table_columns: &'static str,
    pub(super) empty: &'static str,
    pub(super) count: &'static str,
    pub(super) number: &'static str,
    pub(super) author: &'static str,
    pub(super) attachment: &'static str,
    pub(super) quote: &'static str,
    pub(super) quote_end: &'static str,
    pub(super) media: &'static str,
    pub(super) heading: &'static str,
}

/// Cues by primary language tag.
pub(super) const WORDS: &[(&str, Words)] = &[
    (
        "vi",
        Words {
            picture: "Ảnh:",
            caption: "Chú thích ảnh:",
            table: "Bảng:",
            columns: "Các cột:",
            table_columns: "Bảng có các cột:",
            empty: "trống",
            count: "Danh sách {n} mục:",
            number: "{n}.",
            author: "Tác giả:",
            attachment: "Tệp đính kèm:",
            quote: "Trích dẫn:",
            quote_end: "Hết trích dẫn.",
            media: "Nội dung nhúng:",
            heading: "Đề mục:",
        },
    ),
    (
        "en",
        Words {
            picture: "Picture:",
            caption: "Caption:",
            table: "Table:",
            columns: "Columns:",
            table_columns: "Table with columns:",
            empty: "empty",
            count: "List of {n} items:",
            number: "{n}.",
            author: "By:",
            attachment: "Attachment:",
            quote: "Quote:",
            quote_end: "End of quote.",
            media: "Embedded:",
            heading: "Heading:",
        },
    ),
];

/// How a part begins, in small letters, that says itself what it is.
pub(super) const TELLING: &[(Cue, &[&str])] = &[
    (
        Cue::Picture,
        &["ảnh", "hình", "photo", "picture", "image", "figure"],
    ),
    (Cue::Table, &["bảng", "biểu", "table"]),
    (
        Cue::Author,
        &[
            "tác giả",
            "theo ",
            "bài",
            "tin",
            "nguồn",
            "thực hiện",
            "by ",
            "author",
        ],
    ),
    (Cue::Attachment, &["tệp", "file", "tài liệu", "attachment"]),
    (Cue::Media, &["video", "clip", "audio", "bản đồ", "map"]),
];
