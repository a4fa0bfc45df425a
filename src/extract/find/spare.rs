//! What is left out or kept whatever its names say: what opens over the page, what holds the main part.

use super::survey::UNWANTED;
use super::{Signs, Survey};
use crate::extract::find::survey::Sums;
use crate::html::{NodeId, Tag};

impl Survey<'_> {
    /// The element named a sidebar that is most of the main part: named after the one beside it.
    pub(super) fn column_of_main(&self) -> Option<NodeId> {
        let mut all = self.tree.all();
        let main = all.find(|id| self.tree.tag(*id) == Some(Tag::Main))?;
        let most = self.sums(main).text / 2;
        let mut inside = self.tree.subtree(main).skip(1);
        let only = Signs::NOISE.with(Signs::FIXTURE);
        inside.find(|id| {
            let signs = self.signs[id.index()];
            signs.any(Signs::FIXTURE)
                && !signs.any(UNWANTED.without(only))
                && matches!(self.tree.tag(*id), Some(Tag::Div | Tag::Section))
                && self.sums(*id).text > most
        })
    }

    /// Does it open over the page when it is called: terms of use, a form to log in? However long it is,
    /// nobody who reads the page sees it.
    pub(super) fn is_modal(&self, id: NodeId) -> bool {
        let element = self.tree.element(id);
        let modal = element.is_some_and(|e| e.attr("aria-modal") == Some("true"));
        let holds = |tag: Tag| {
            self.tree
                .subtree(id)
                .any(|at| self.tree.tag(at) == Some(tag))
        };
        modal && !holds(Tag::Main) && !holds(Tag::Article)
    }

    /// Is it a heading that is a link: the name of an entry, although its class says "category"?
    pub(super) fn names_entry(&self, id: NodeId) -> bool {
        let heading = self
            .tree
            .tag(id)
            .is_some_and(|tag| tag.heading_level().is_some());
        heading && self.lines(id).iter().all(|line| line.link == line.len)
    }

    /// Is it an entry with a heading, whose class names its category and its tags (WordPress)?
    pub(super) fn is_entry(&self, id: NodeId) -> bool {
        matches!(self.tree.tag(id), Some(Tag::Article | Tag::Li))
            && self
                .lines(id)
                .iter()
                .any(|line| line.heading && line.link > 0)
    }

    /// Is it a wrapper of a quotation from a social network, or of a picture with its caption, and
    /// named after the network or the place on the page?
    pub(super) fn is_wrapper(&self, id: NodeId, signs: Signs, own: Sums) -> bool {
        let other = Signs::COMMENT
            .with(Signs::RELATED)
            .with(Signs::HIDDEN)
            .with(Signs::MENU)
            .with(Signs::PAGING);
        if signs.any(other) || own.text == 0 || own.lines > 12 || own.link * 2 > own.text {
            return false;
        }
        let wrapped = |at: &NodeId| match self.tree.tag(*at) {
            Some(Tag::Blockquote | Tag::Figcaption) => true,
            Some(_) => self.signs(*at).any(Signs::CAPTION),
            None => false,
        };
        let mut inside = self.tree.subtree(id);
        inside
            .find(wrapped)
            .is_some_and(|found| self.sums(found).text * 10 >= own.text * 6)
    }

    /// The elements around those that a page itself names its main part or its article's body.
    pub(super) fn around_named_bodies(&self, all: Sums) -> Vec<bool> {
        let mut around = vec![false; self.tree.len()];
        for (id, element) in self
            .tree
            .all()
            .filter_map(|id| Some((id, self.tree.element(id)?)))
        {
            let main = element.tag() == Tag::Main || element.attr("role") == Some("main");
            let body = element.attr("itemprop") == Some("articleBody")
                && self.sums(id).prose * 5 >= all.prose;
            let title = element.tag() == Tag::H1 && !self.is_in_footer(id);
            if !(main || body || title) || self.raw_text(id) == 0 {
                continue;
            }
            for outer in self.tree.ancestors(id) {
                let large = self.sums(outer).text * 3 > all.text;
                if (main || body || large) && std::mem::replace(&mut around[outer.index()], true) {
                    break;
                }
            }
        }
        around
    }

    /// Is it a heading of the site's own, below every page?
    fn is_in_footer(&self, id: NodeId) -> bool {
        let mut around = self.tree.ancestors(id);
        around.any(|a| self.tree.tag(a) == Some(Tag::Footer))
    }
}
