//! What the names of classes and ids say about an element.
//!
//! Sites name things alike the world over: a class is cut into words (`article__share-bar`,
//! `relatedNews`), each word is looked up, and so is each pair written together (`side-bar`). A word
//! after "has", "no" or "with" speaks of something else than the element itself.
//!
//! Sources: the regular expressions of Readability.js, the discard lists of trafilatura, the
//! directives of ftr-site-config, and the ids of Vietnamese portals.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// A set of things that names say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::extract) struct Signs(u32);

impl Signs {
    /// Left out with all that is in it, unless it holds the article itself.
    pub(in crate::extract) const NOISE: Self = Self(1);
    /// Readers' comments.
    pub(in crate::extract) const COMMENT: Self = Self(1 << 1);
    /// Other stories than this one.
    pub(in crate::extract) const RELATED: Self = Self(1 << 2);
    /// The body of an article.
    pub(in crate::extract) const BODY: Self = Self(1 << 3);
    /// A lead.
    pub(in crate::extract) const LEAD: Self = Self(1 << 4);
    /// A title.
    pub(in crate::extract) const TITLE: Self = Self(1 << 5);
    /// A date.
    pub(in crate::extract) const DATE: Self = Self(1 << 6);
    /// Who wrote it.
    pub(in crate::extract) const AUTHOR: Self = Self(1 << 7);
    /// A picture's caption.
    pub(in crate::extract) const CAPTION: Self = Self(1 << 8);
    /// The way to other pages of the same thing.
    pub(in crate::extract) const PAGING: Self = Self(1 << 9);
    /// Not to be seen.
    pub(in crate::extract) const HIDDEN: Self = Self(1 << 10);
    /// Who took a picture.
    pub(in crate::extract) const CREDIT: Self = Self(1 << 11);
    /// Small print around the article: labels, tags, bars of buttons.
    pub(in crate::extract) const CHROME: Self = Self(1 << 12);
    /// Files to download.
    pub(in crate::extract) const FILES: Self = Self(1 << 13);
    /// The site's or a page's menu.
    pub(in crate::extract) const MENU: Self = Self(1 << 14);
    /// A block that stands for an article, a product, an entry in a row of its kind.
    pub(in crate::extract) const CARD: Self = Self(1 << 15);
    /// Stands on every page of a site, so that much prose in it means nothing.
    pub(in crate::extract) const FIXTURE: Self = Self(1 << 17);
    /// A short account of something, of this story or of another.
    pub(in crate::extract) const SUMMARY: Self = Self(1 << 18);
    /// A heading between paragraphs.
    pub(in crate::extract) const CROSSHEAD: Self = Self(1 << 19);
    /// Asks for money or a login before reading on.
    pub(in crate::extract) const PAYWALL: Self = Self(1 << 16);

    /// Does it hold any of `others`?
    pub(in crate::extract) const fn any(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// Returns both sets as one.
    pub(in crate::extract) const fn with(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Returns this set without `others`.
    pub(in crate::extract) const fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }
}

/// Words and what they say. A word that ends in `*` stands for all that begin so.
const WORDS: &[(Signs, &str)] = &[
    (
        Signs::COMMENT,
        "comment* disqus* kommentar* comentario* commentaire* commento commenti binhluan \
         ykien disquss coral respond reply replies livefyre discuss discussion discussions \
         talkback talkbacks reacties conversation viafoura testimonial* customerreview* reviewcard* \
         reviewscarousel reviewcarousel reviewspane reviewslist reviewlist productreview* userreview*",
    ),
    (
        Signs::RELATED,
        "related* relate relations relacionad* recommend* recirc* outbrain taboola* readmore \
         readnext readalso alsoread morestories morenews morefrom moreon popular* mostread \
         mostpopular mostviewed trending upnext nextstory nextarticle prevnext tinlienquan \
         lienquan tinkhac tincungchuyenmuc cungchuyenmuc baivietlienquan docnhieu xemnhieu \
         tinmoi tindocnhieu youmaylike youmayalsolike maylike recentposts recentpost \
         latestnews latestposts seealso weiterlesen lireaussi aussi empfehlung* similar \
         crosslinks crosslink featuredposts zergnet revcontent othernews othernew newsother \
         tinkhacs moreposts plista nextpost prevpost postnavigation readingtips \
         furtherreading promotedcontent correlati interlink* inlinerelated",
    ),
    (
        Signs::NOISE,
        "share* sharing social* sociable addthis* addtoany* sharedaddy follow followus \
         facebook fb twitter zalo whatsapp linkedin pinterest ad ads advert* adsense adslot \
         adunit adbox adwrap* adcontainer sponsor* dfp gpt banner banners promo* promoted \
         quangcao qc anzeige* werbung publicidad* publicite reklam* commercial partner \
         partners affiliate* shopping deals rightbar leftbar rail aside colright rightcol \
         account paywallbar overlay* tooltip* toast interstitial flyout dropdown* poll \
         rating* ratings votes vote stars danhgia counter* viewcount luotxem hits pageviews \
         thongke truycap toolbar* tools fontsize* fontsizer textsize resizer tuongphan print* \
         inbai sendmail sendtofriend emailfriend bookmark* skip skiplink* skipnav totop \
         backtotop scrolltop feedback contactform chat livechat chatbot ticker marquee \
         authorbio aboutauthor authorbox authorinfo postauthor authorcard bio profilebox \
         translate tts audioplayer readaloud listen jumplinks toc tableofcontents mucluc \
         yarpp appdownload pushnotification notification* notice alertbar sitewide catlinks \
         editsection navbox mwjumplink noprint printonly hatnote reportbug reporterror \
         inarticle outstream teads searchbar timkiem drawer hamburger googlenews googleplus \
         trinityaudio trinity playerwidget cta",
    ),
    (
        Signs::NOISE.with(Signs::FIXTURE),
        "cookie* consent gdpr privacy onetrust cmp ccpa footer* foot bottombar siteinfo \
         colophon copyright* legal imprint disclaimer newsletter* subscri* signup optin \
         mailchimp mailing emailsignup donate donation* login signin logon register sidebar* \
         siderail rightrail leftrail popup* modal* dialog captcha* recaptcha searchform \
         searchbox languageswitch* langswitch* offcanvas masthead",
    ),
    (
        Signs::MENU,
        "nav navi navbar* navigation* menu* submenu megamenu breadcrumb* crumb* duongdan \
         sitemap tabs tabbar subnav topbar topnav mainnav sitenav danhmuc chuyenmuc \
         siteheader topheader breadcrum",
    ),
    (
        Signs::CHROME,
        "tag tags taglist posttags keywords tukhoa topics topiclist meta postmeta entrymeta \
         articlemeta category categories cat catlist kicker eyebrow overline rubric* label \
         labels badge* chrometitle webparttitle titletext buttons button btn actions utility \
         controls pubinfo source nguon readtime readingtime timetoread wordcount views",
    ),
    (
        Signs::BODY,
        "articlebody articlecontent articletext articledetail storybody storycontent \
         storytext entrycontent entrybody postcontent postbody posttext pagecontent \
         maincontent bodycontent bodytext contentbody textbody detailcontent contentdetail \
         newscontent newsdetail newsbody fulltext richtext articlebodytext fckdetail noidung \
         chitiet chitiettin chitietbaiviet noidungchitiet noidungtin contenttin showcontent \
         newstext artikeltext articlecopy singlecontent blogcontent journalcontent \
         maincontentarea cuerpo corpo articulo paragraphs",
    ),
    (
        Signs::LEAD,
        "sapo lead lede leadtext leadin standfirst dek deck subtitle subheadline subtitulo \
         subtitel sottotitolo catenaccio sommario entradilla bajada chapo chapeau introtext \
         vorspann ingress manchet anons lid teasertext strapline articledescription \
         articlesummary articleintro articlelead postexcerpt newsdes motatin mota trichyeu \
         tomtat dekline preamble perex zajawka einleitung unterzeile bowout articleteaser \
         teasertext standfirsttext subheader deckheadline headlinedeck subtitles bajadatitulo \
         copete volanta",
    ),
    (
        Signs::SUMMARY,
        "intro introduction description summary excerpt abstract spot opener synopsis teaser* \
         subhead subheading tertiarytitle secondarytitle epigraph",
    ),
    (
        Signs::TITLE,
        "title headline tieude tieudetin tieudebai tieudebaiviet tentin tenbai tenbaiviet entrytitle posttitle articletitle newstitle titledetail \
         titlenews detailtitle pagetitle articleheadline storytitle titlearticle heading \
         titel titulo titre titolo headlinetext",
    ),
    (
        Signs::DATE,
        "date* time timestamp* pubdate publish* posted postdate published ngay ngaydang \
         thoigian datum fecha updated lbldate newstimepost created dateline modified clock \
         datetime* datedetail postedon timepost",
    ),
    (
        Signs::AUTHOR,
        "author* byline* tacgia writer writers autor* auteur* autore contributor* reporter \
         journalist butdanh writtenby creator verfasser firma signature articleauthor",
    ),
    (
        Signs::CAPTION,
        "caption* figcaption wpcaptiontext photocaption imagecaption imgcaption cutline \
         legend legende chuthich photocmscaption bildunterschrift imagedescription imgdesc \
         imgdescription picturecaption mediacaption bildtext pdicatura didascalia piefoto",
    ),
    (
        Signs::CREDIT,
        "credit* photocredit imagecredit copyrightholder photographer bildquelle imagesource \
         photoby",
    ),
    (
        Signs::PAGING,
        "pagination paging pager* pagenav pagenavi pagelinks phantrang pagenumbers pagenumber \
         paginator paginate* wppagenavi \
         postsnavigation postsnav navprevious navnext olderposts newerposts",
    ),
    (
        Signs::CROSSHEAD,
        "crosshead* crossheading interline onlineinterline intertitre intertitulo intertitolo \
         zwischentitel* zwischenueberschrift* zwischenzeile* ladillo* tussenkop* mellomtittel* \
         mellemrubrik* mellanrubrik* srodtytul* arabaslik* mezititulek* paragraphheading \
         paragraphtitle sectiontitle subhead subheading",
    ),
    (
        Signs::FILES,
        "attachment* fileitem files dinhkem tepdinhkem filedinhkem blogattachment download* \
         taive",
    ),
    (
        Signs::HIDDEN,
        "tooltiptext* tooltipcontent* tooltipinner popovercontent popoverbody hovercard*",
    ),
    (
        Signs::CARD,
        "card* teaser* tile* product* item* listitem entry post story result*",
    ),
    (
        Signs::PAYWALL,
        "paywall* regwall premiumwall piano subscriberonly meteredcontent offer paygate",
    ),
];

/// Whole classes, marks left out, that hide from the eye; `label-hidden` hides something else.
const HIDING: &[&str] = &[
    "hidden",
    "hide",
    "sronly",
    "srtext",
    "uhidden",
    "dnone",
    "invisible",
    "offscreen",
    "visuallyhidden",
    "elementinvisible",
    "screenreadertext",
    "screenreaderonly",
    "ascreenonly",
    "assistivetext",
    "displaynone",
    "hideaccessible",
];

/// Parts of classes that show again what `d-none` or `hidden` hides, from some width of the window on.
const SHOWN_AGAIN: &[&str] = &[
    "-sm-block",
    "-md-block",
    "-lg-block",
    "-xl-block",
    "-sm-flex",
    "-md-flex",
    "-lg-flex",
    "-xl-flex",
    "-md-inline",
    "-lg-inline",
    "sm:block",
    "md:block",
    "lg:block",
    "xl:block",
    "sm:flex",
    "md:flex",
    "lg:flex",
    "xl:flex",
    "md:inline",
    "lg:inline",
    "md:grid",
    "lg:grid",
];

/// Words after which a name speaks of something else than its element.
const TURNING: &[&str] = &[
    "has", "with", "no", "without", "is", "not", "show", "hide", "enable", "enabled", "disable",
    "after", "before", "above", "under", "until", "if", "pre", "for", "rte",
];

struct Lexicon {
    whole: FxHashMap<&'static str, Signs>,
    /// Beginnings of words, by their first letter.
    begins: [Vec<(&'static str, Signs)>; 26],
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon {
        whole: FxHashMap::default(),
        begins: std::array::from_fn(|_| Vec::new()),
    };
    for (signs, words) in WORDS {
        for word in words.split_ascii_whitespace() {
            if let Some(begin) = word.strip_suffix('*') {
                lexicon.begins[letter(begin)].push((begin, *signs));
            } else {
                let known = lexicon.whole.entry(word).or_default();
                *known = known.with(*signs);
            }
        }
    }
    lexicon
});

/// The place of a word's first letter in the alphabet.
fn letter(word: &str) -> usize {
    usize::from(word.as_bytes()[0] - b'a')
}

impl Lexicon {
    /// Returns what a word of small letters says.
    fn say(&self, word: &str) -> Signs {
        let whole = self.whole.get(word).copied().unwrap_or_default();
        self.begins[letter(word)]
            .iter()
            .filter(|(begin, _)| word.starts_with(begin))
            .fold(whole, |all, (_, signs)| all.with(*signs))
    }
}

/// Reads what a class list or an id says.
pub(in crate::extract) fn signs(names: &str) -> Signs {
    let mut all = Signs::default();
    let mut letters = String::with_capacity(names.len());
    for name in names.split_ascii_whitespace() {
        let said = read(name, &mut letters);
        if HIDING.contains(&letters.as_str()) && !is_shown_again(names) {
            all = all.with(Signs::HIDDEN);
        }
        let said = match said.any(Signs::BODY) && is_no_body_part(name, &mut letters) {
            true => said.without(Signs::BODY),
            false => said,
        };
        all = all.with(said);
    }
    all
}

/// Parts of a body that are none of it.
const NO_BODY: Signs = Signs::NOISE
    .with(Signs::COMMENT)
    .with(Signs::RELATED)
    .with(Signs::HIDDEN)
    .with(Signs::PAYWALL);

/// Is it named as such a part: "article-content__signup"?
fn is_no_body_part(name: &str, letters: &mut String) -> bool {
    let part = name.rsplit_once("__");
    part.is_some_and(|(block, part)| {
        read(block, letters).any(Signs::BODY) && read(part, letters).any(NO_BODY)
    })
}

fn is_shown_again(names: &str) -> bool {
    SHOWN_AGAIN.iter().any(|shown| names.contains(shown))
}

/// Reads what one name says, and leaves its letters in `letters`: in small ones, and side by side, so
/// that a word and the one before it stand there as a pair.
fn read(name: &str, letters: &mut String) -> Signs {
    let lexicon = &*LEXICON;
    letters.clear();
    let mut all = Signs::default();
    let mut before = 0..0;
    for word in words(name) {
        let start = letters.len();
        letters.push_str(word);
        letters[start..].make_ascii_lowercase();
        let end = letters.len();
        if TURNING.contains(&&letters[before.clone()]) {
            before = end..end;
            continue;
        }
        all = all.with(lexicon.say(&letters[start..]));
        // Single letters are a grid's or a builder's, and two of them spell anything.
        if before.len() > 1 && word.len() > 1 {
            all = all.with(lexicon.say(&letters[before.start..]));
        }
        before = start..end;
    }
    all
}

/// Cuts a name into words at marks, digits and inner capitals.
fn words(name: &str) -> impl Iterator<Item = &str> {
    let pieces = name.split(|c: char| !c.is_ascii_alphabetic());
    pieces.flat_map(|mut piece| {
        std::iter::from_fn(move || {
            let mut pairs = piece.as_bytes().windows(2);
            let cut =
                pairs.position(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
            let (word, rest) = piece.split_at(cut.map_or(piece.len(), |at| at + 1));
            piece = rest;
            (!word.is_empty()).then_some(word)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(names: &str, said: Signs) {
        assert_eq!(signs(names), said, "{names}");
    }

    #[test]
    fn names_are_read_word_by_word_and_pair_by_pair() {
        check("article__share-bar", Signs::NOISE);
        check("relatedNews", Signs::RELATED);
        check("side-bar", Signs::NOISE.with(Signs::FIXTURE));
        check("entry-content", Signs::BODY.with(Signs::CARD));
        check("PhotoCMS_Caption", Signs::CAPTION);
        check("col-md-8 x1", Signs::default());
    }

    #[test]
    fn a_name_with_a_turning_word_speaks_of_something_else() {
        check("has-sidebar", Signs::default());
        check("no-comments", Signs::default());
        check("label-hidden", Signs::CHROME);
        check("sr-only", Signs::HIDDEN);
    }
}
