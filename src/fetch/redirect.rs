//! Following redirects by hand, so that each new address starts again at the first gate.

use super::{Error, SourceUrl};

/// The addresses a fetch has come through.
#[derive(Debug)]
pub(super) struct Trail {
    here: SourceUrl,
    behind: Vec<SourceUrl>,
    most: usize,
}

impl Trail {
    /// Starts at an address; `most` redirects may follow.
    pub(super) fn new(start: SourceUrl, most: usize) -> Self {
        Self {
            here: start,
            behind: Vec::new(),
            most,
        }
    }

    /// Returns the address to ask now.
    pub(super) fn here(&self) -> &SourceUrl {
        &self.here
    }

    /// Goes on where the answer to a form points, which is asked for without it: the form's own address
    /// too, once.
    ///
    /// # Errors
    /// As [`Trail::follow`].
    pub(super) fn follow_without_form(&mut self, location: &str) -> Result<(), Error> {
        self.behind.clear();
        self.most = self.most.checked_sub(1).ok_or(Error::RedirectLoop)?;
        let target = self.target(location)?;
        self.here = target;
        Ok(())
    }

    fn target(&self, location: &str) -> Result<SourceUrl, Error> {
        let off_the_web = || Error::Refused("a redirect to no web address".to_owned());
        let target = self.here.url().join(location).map_err(|_| off_the_web())?;
        SourceUrl::of(target).map_err(|_| off_the_web())
    }

    /// Goes where a `Location` points, which may be relative to here (RFC 9110, 10.2.2).
    ///
    /// # Errors
    /// [`Error::RedirectLoop`] where it was there before or has come too far, [`Error::Refused`] where
    /// it leads off the web.
    pub(super) fn follow(&mut self, location: &str) -> Result<(), Error> {
        let target = self.target(location)?;
        self.behind.push(std::mem::replace(&mut self.here, target));
        if self.behind.len() > self.most || self.behind.contains(&self.here) {
            return Err(Error::RedirectLoop);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trail(most: usize) -> Trail {
        let start = SourceUrl::parse("https://bao.example/tin/a?b#c").expect("an address");
        Trail::new(start, most)
    }

    #[test]
    fn a_location_may_be_relative() {
        for (location, expected) in [
            ("b", "https://bao.example/tin/b"),
            ("/", "https://bao.example/"),
            ("?c", "https://bao.example/tin/a?c"),
            ("//tin.example/x#y", "https://tin.example/x"),
            ("http://bao.example/", "http://bao.example/"),
        ] {
            let mut trail = trail(1);
            assert_eq!(trail.follow(location), Ok(()));
            assert_eq!(trail.here().url().as_str(), expected);
        }
    }

    #[test]
    fn a_redirect_never_leads_off_the_web() {
        for location in [
            "javascript:x",
            "file:///etc/passwd",
            "//a@tin.example/",
            "http://",
        ] {
            let refused = trail(1).follow(location);
            assert!(matches!(refused, Err(Error::Refused(_))), "{location}");
        }
    }

    #[test]
    fn a_circle_and_a_long_way_end() {
        let mut circle = trail(9);
        assert_eq!(circle.follow("/b"), Ok(()));
        assert_eq!(circle.follow("/tin/a?b#d"), Err(Error::RedirectLoop));
        let mut long = trail(2);
        assert_eq!(long.follow("1"), Ok(()));
        assert_eq!(long.follow("2"), Ok(()));
        assert_eq!(long.follow("3"), Err(Error::RedirectLoop));
    }
}
