//! A walk through a subtree that tells where elements begin and end, without recursion.

use crate::html::{NodeId, Tree};

/// What a walk comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// An element begins.
    Enter(NodeId),
    /// A text.
    Text(NodeId),
    /// The element entered last and not left yet ends.
    Leave(NodeId),
}

/// A walk through a subtree in document order.
#[derive(Debug)]
pub(super) struct Walk<'t> {
    tree: &'t Tree,
    at: NodeId,
    end: NodeId,
    open: Vec<NodeId>,
}

impl<'t> Walk<'t> {
    /// Starts before `root`, which will be entered and left too.
    pub(super) fn new(tree: &'t Tree, root: NodeId) -> Self {
        Self {
            tree,
            at: root,
            end: tree.end(root),
            open: Vec::with_capacity(32),
        }
    }

    /// Passes over what is inside the element entered last; it is left next.
    pub(super) fn pass_over(&mut self) {
        if let Some(&last) = self.open.last() {
            self.at = self.tree.end(last);
        }
    }
}

impl Iterator for Walk<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        if let Some(&last) = self.open.last()
            && self.tree.end(last) <= self.at
        {
            self.open.pop();
            return Some(Step::Leave(last));
        }
        if self.at >= self.end {
            return None;
        }
        let id = self.at;
        self.at = (self.tree.first_child(id)).unwrap_or_else(|| self.tree.end(id));
        if self.tree.tag(id).is_none() {
            return Some(Step::Text(id));
        }
        self.open.push(id);
        Some(Step::Enter(id))
    }
}
