//! A hundred listeners to the same sound cost one fetch, and all hear the same. That each utterance is
//! spoken once is proven where a voice can be counted, in `tests/gateway.rs`.

use crate::stage::{Stage, form};

const LISTENERS: usize = 100;

#[test]
fn a_hundred_equal_requests_cost_one_fetch_and_bring_the_same_bytes() {
    let stage = Stage::new();
    let path = stage.sound_path(form("mp3", "usual"), "");
    let all = std::thread::scope(|scope| {
        let ask = || stage.get(&path, &[]);
        let asking: Vec<_> = (0..LISTENERS).map(|_| scope.spawn(ask)).collect();
        let answers = asking.into_iter().map(|one| one.join().expect("an answer"));
        answers.collect::<Vec<_>>()
    });
    assert!(all.iter().all(|answer| answer.status == 200));
    assert!(all.iter().all(|answer| answer.body == all[0].body));
    assert_eq!(stage.portal.times_asked("/vi"), 1);
}
