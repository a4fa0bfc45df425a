//! Names of months, weekdays and zones, in the languages of the news sites that are read most.
//!
//! Source: Unicode CLDR 46 (wide and abbreviated, format and stand-alone forms), lower-cased; the
//! Vietnamese number words as newspapers write them.

/// A month's names, from January; each row holds the forms of all languages, parted by blanks.
///
/// Where one form means two months (Croatian and Polish `listopad`, Czech and Polish `sierpień`'s
/// kin) the language with more readers wins.
pub(super) const MONTHS: [&str; 12] = [
    "january jan januar jänner jän janvier janv enero ene gennaio gen janeiro januari \
     stycznia styczeń ledna leden января янв січня ocak oca tammikuuta tammikuu sausio janúar \
     gener január ianuarie ιανουαρίου جانفي يناير जनवरी januwari มกราคม",
    "february feb februar février févr fév febrero febbraio febb fevereiro fev februari \
     lutego luty února únor февраля фев лютого şubat şub helmikuuta vasario febrúar febrer \
     február februarie φεβρουαρίου فبراير फ़रवरी फरवरी กุมภาพันธ์",
    "march mar märz mär mrz mars marzo março maart mrt maret marca marzec března březen марта \
     мар березня mart maaliskuuta kovo març március martie μαρτίου مارس मार्च มีนาคม marts",
    "april apr avril avr abril abr aprile kwietnia kwiecień dubna duben апреля апр квітня \
     nisan nis huhtikuuta balandžio apríl április aprilie απριλίου أبريل अप्रैल เมษายน",
    "may mai mayo maggio mag maio mei maja maj května květen мая май травня mayıs toukokuuta \
     gegužės maí maig május μαΐου مايو मई พฤษภาคม",
    "june jun juni juin junio giugno giu junho czerwca czerwiec června červen июня июн червня \
     haziran haz kesäkuuta birželio júní juny június iunie ιουνίου يونيو जून มิถุนายน",
    "july jul juli juillet juil julio luglio lug julho lipca lipiec července červenec июля \
     июл липня temmuz tem heinäkuuta liepos júlí juliol július iulie ιουλίου يوليو जुलाई \
     กรกฎาคม",
    "august aug août agosto ago augustus agustus agt sierpnia sierpień srpna srpen августа \
     авг серпня ağustos ağu elokuuta rugpjūčio ágúst agost augusztus αυγούστου أغسطس अगस्त \
     สิงหาคม augusti",
    "september sep sept septembre septiembre settembre set setembro września wrzesień září \
     сентября сен сент вересня eylül eyl syyskuuta rugsėjo setembre szeptember septembrie \
     σεπτεμβρίου سبتمبر सितंबर กันยายน",
    "october oct oktober okt octobre octubre ottobre ott outubro out października październik \
     října říjen октября окт жовтня ekim eki lokakuuta spalio október octombrie οκτωβρίου \
     أكتوبر अक्टूबर ตุลาคม",
    "november nov novembre noviembre novembro nopember listopada listopad ноября ноя нояб \
     kasım kas marraskuuta lapkričio nóvember noiembrie νοεμβρίου نوفمبر नवंबर พฤศจิกายน",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro desember des \
     grudnia grudzień prosince prosinec декабря дек грудня aralık ara joulukuuta gruodžio \
     desembre decembrie δεκεμβρίου ديسمبر दिसंबर ธันวาคม",
];

/// The months after "tháng" in words.
pub(super) const MONTHS_VI: [&str; 12] = [
    "một",
    "hai",
    "ba",
    "tư",
    "năm",
    "sáu",
    "bảy",
    "tám",
    "chín",
    "mười",
    "mười một",
    "mười hai",
];

/// Weekday names, from Monday, parted by bars.
pub(super) const WEEKDAYS: [&str; 7] = [
    "monday|mon|thứ hai|t2|montag|lundi|lunes|lunedì|segunda",
    "tuesday|tue|tues|thứ ba|t3|dienstag|mardi|martes|martedì|terça",
    "wednesday|wed|thứ tư|t4|mittwoch|mercredi|miércoles|mercoledì",
    "thursday|thu|thurs|thứ năm|t5|donnerstag|jeudi|jueves|giovedì",
    "friday|fri|thứ sáu|t6|freitag|vendredi|viernes|venerdì|sexta",
    "saturday|sat|thứ bảy|thứ bẩy|t7|samstag|samedi|sábado|sabato",
    "sunday|sun|chủ nhật|chúa nhật|cn|sonntag|dimanche|domingo|domenica",
];

/// Zone names with their minutes from UTC.
///
/// Source: RFC 2822 section 4.3, and the zones European newspapers print.
pub(super) const ZONES: [(&str, i32); 20] = [
    ("z", 0),
    ("utc", 0),
    ("gmt", 0),
    ("wet", 0),
    ("bst", 60),
    ("cet", 60),
    ("mez", 60),
    ("cest", 120),
    ("mesz", 120),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("ist", 330),
    ("ict", 420),
    ("jst", 540),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("pst", -480),
    ("pdt", -420),
];
