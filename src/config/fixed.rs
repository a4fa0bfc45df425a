//! What a running gateway cannot change.

use std::fmt;

use super::Config;

/// The settings that are taken once, as text that tells one value from another.
pub(super) fn fixed(config: &Config) -> Vec<(&'static str, String)> {
    fn told(value: &impl fmt::Debug) -> String {
        format!("{value:?}")
    }
    let (bounds, connections, voice) = (&config.gateway, &config.connections, &config.voice);
    let store = config.store.as_ref();
    vec![
        ("listen", told(&config.listen)),
        ("wyoming", told(&config.wyoming)),
        ("kept_page_bytes", told(&bounds.page_bytes)),
        ("kept_picture_bytes", told(&bounds.picture_bytes)),
        ("kept_sound_bytes", told(&bounds.segment_bytes)),
        ("store_folder", told(&store.map(|store| &store.folder))),
        ("store_bytes", told(&store.map(|store| store.bytes))),
        ("listeners", told(&bounds.listeners)),
        ("openings", told(&bounds.openings)),
        ("connections", told(&connections.connections)),
        ("connections_each", told(&connections.connections_each)),
        ("head_seconds", told(&connections.head_timeout)),
        ("write_seconds", told(&connections.write_timeout)),
        ("drain_seconds", told(&connections.drain_timeout)),
        ("workers", told(&voice.workers)),
        ("voice_folders", told(&voice.folders)),
        ("voice_seconds", told(&voice.idle)),
        ("voice_bytes", told(&voice.model_bytes)),
        ("espeak_library", told(&voice.library)),
        ("espeak_data", told(&voice.data)),
        ("tone_voice", told(&voice.tone)),
        ("log", told(&config.log.filter)),
        ("log_format", told(&config.log.json)),
    ]
}
