//! Portal families: where sites that share a system keep their fields.
//!
//! The rows are data. A family is recognised by an element; each of its fields is looked for and
//! believed only where it holds what the field should hold. Without a fitting row the general
//! search finds the same, mostly.
//!
//! Sources: the ids and classes of Vietnamese ministries, provinces and newspapers as of 2021 to
//! 2025; the default templates of Liferay, mojoPortal, NukeViet, Joomla and WordPress.

use super::find::{Found, Signs};
use super::page::Page;
use super::phrase;
use super::select;
use crate::html::NodeId;

/// How a family is recognised, and selectors of its fields.
struct Family {
    /// Classes and ids, any of which a page of the family has; `*` stands for any ending.
    known_by: &'static str,
    title: &'static str,
    lead: &'static str,
    body: &'static str,
    date: &'static str,
    author: &'static str,
}

const NOTHING: Family = Family {
    known_by: "",
    title: "",
    lead: "",
    body: "",
    date: "",
    author: "",
};

const FAMILIES: &[Family] = &[
    // SharePoint with the web parts of ministries and provinces.
    Family {
        known_by: "#s4-workspace #DeltaPlaceHolderMain #aspnetForm .ms-webpart-zone #WebPartWPQ* #MSOZoneCell*",
        title: "#divArticleDescription3 h1, h1.News_Detail_Title, .News_Detail_Title, #txtTitle, #news-title, .title_news h1, [id$=newsTitle], [id$=lbHeadline], [id$=lblTitle], [id$=lblTieuDe]",
        lead: "#divArticleDescription1, #divArticleDescription, #news-des, #show_description, [id$=lblSapo], [id$=lblTomTat]",
        body: "#divArticleDescription2, #divArticleContent, #news-detail, #show_content, #contenttin, #anhnoidungdetail, [id$=newsContent], [id$=lblNoiDung], [id$=RichHtmlField]",
        date: ".date-detail span, span.News_Time_Post, #txtDateString, [id$=lblDate], [id$=lblNgayDang]",
        author: "[id$=lblTacGia], [id$=lblAuthor]",
    },
    // Liferay, with the portlets of EcoIT and VNPT.
    Family {
        known_by: "#p_p_id_* .journal-content-article .portlet-body",
        lead: "p#change_font_size, .sapo",
        body: "#contentnews, .journal-content-article",
        ..NOTHING
    },
    // mojoPortal.
    Family {
        known_by: ".articleview .blogwrapper #article_text",
        title: ".articleview .articletitle, .articletitle",
        lead: ".articleview .sapo",
        body: "#article_text, .articletext",
        author: ".article-author",
        ..NOTHING
    },
    // NukeViet.
    Family {
        known_by: "#news-bodyhtml .news_column",
        title: ".news_column h1, h1.title",
        lead: ".news_column .hometext, .hometext",
        body: "#news-bodyhtml, .bodytext",
        ..NOTHING
    },
    // Joomla.
    Family {
        known_by: ".item-page .com-content-article",
        title: ".item-page .page-header h1, .item-page .page-header h2, .com-content-article h1",
        body: ".item-page [itemprop=articleBody], .com-content-article__body",
        date: ".item-page .published time, .published",
        author: ".createdby [itemprop=name]",
        ..NOTHING
    },
    // VnExpress.
    Family {
        known_by: ".title-detail",
        title: "h1.title-detail",
        lead: "p.description",
        body: "article.fck_detail, .fck_detail",
        date: ".header-content span.date",
        author: ".author_mail strong, .fck_detail p[style*=right] strong",
    },
    // VCCorp: Tuổi Trẻ, Thanh Niên, VTV, the government's paper.
    Family {
        known_by: ".detail-content .VCSortableInPreviewMode .detail-cmain",
        title: "h1.detail-title, h1.article-title",
        lead: "h2.detail-sapo, .detail-sapo, h2.sapo, .sapo",
        body: ".detail-content, [data-role=content], .detail-cmain",
        date: "[data-role=publishdate], .detail-time",
        author: "[data-role=author], .detail-author, .author-info",
    },
];

/// Where a family keeps the fields of this page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fields {
    /// The title.
    pub(super) title: Option<NodeId>,
    /// The lead.
    pub(super) lead: Option<NodeId>,
    /// The body.
    pub(super) body: Option<NodeId>,
    /// The date.
    pub(super) date: Option<NodeId>,
    /// The author.
    pub(super) author: Option<NodeId>,
}

/// Looks for the fields of the first family that the page belongs to.
pub(super) fn fields(page: &Page<'_>) -> Fields {
    let known = FAMILIES.iter().filter(|family| is_known(page, family));
    let all = known.map(|family| {
        let find = |selectors: &str, sizes| {
            select::first(page.tree, selectors).filter(|id| fits(page, *id, sizes))
        };
        Fields {
            title: find(family.title, 8..=400),
            lead: find(family.lead, 30..=2_000),
            body: find(family.body, 1..=usize::MAX),
            date: find(family.date, 6..=200),
            author: find(family.author, 3..=120),
        }
    });
    all.into_iter()
        .find(|fields| *fields != Fields::default())
        .unwrap_or_default()
}

fn is_known(page: &Page<'_>, family: &Family) -> bool {
    family
        .known_by
        .split_ascii_whitespace()
        .any(|name| match name.split_at(1) {
            (".", class) => page
                .survey
                .classes()
                .any(|(own, _)| own.split_ascii_whitespace().any(|c| c == class)),
            (_, id) => match id.strip_suffix('*') {
                Some(begin) => page.survey.ids().any(|(own, _)| own.starts_with(begin)),
                None => page.tree.by_id(id).is_some(),
            },
        })
}

fn fits(page: &Page<'_>, id: NodeId, sizes: std::ops::RangeInclusive<usize>) -> bool {
    sizes.contains(&page.survey.raw_text(id))
        && !page.survey.signs(id).any(Signs::HIDDEN)
        && !page.in_other_story(id)
        && !phrase::is_block_label(&page.shown_up_to(id, 120))
}

/// Holds the family's body against the general search's; `Err` where the rule leads astray.
pub(super) fn body(
    page: &Page<'_>,
    fields: &Fields,
    found: Option<Found>,
) -> Result<Option<NodeId>, NodeId> {
    let Some(own) = fields.body else {
        return Ok(found.map(|found| found.root));
    };
    let worth = page.survey.sums(own).worth;
    match found {
        Some(found) if worth * 2 < found.worth => Err(found.root),
        _ => Ok(Some(own)),
    }
}
