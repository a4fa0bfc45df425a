//! Where spoken sound outlives the process.

use std::env;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use super::bound::within;
use super::{Error, Layer};
use crate::store::DiskSettings;

/// What the store's files may have together, up to a terabyte.
const STORE_BYTES: RangeInclusive<u64> = DiskSettings::LEAST_BYTES..=1 << 40;
const USUAL_STORE_BYTES: u64 = 1 << 30;

/// Returns where sound is kept on disk: in the folder that is named, else in the one that systemd gives a
/// service (`CacheDirectory=`), else nowhere. What a reader listened to on a machine of their own leaves
/// no trace on it that they did not ask for.
pub(super) fn settings(layer: &Layer) -> Result<Option<DiskSettings>, Error> {
    let bytes = within(
        "store_bytes",
        layer.store_bytes,
        STORE_BYTES,
        USUAL_STORE_BYTES,
    )?;
    let folder = layer.store_folder.clone().or_else(services_folder);
    let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
    Ok(folder.map(|folder| DiskSettings { folder, bytes }))
}

/// systemd names several folders with colons between; the first is the service's own.
fn services_folder() -> Option<PathBuf> {
    let folders = env::var_os("CACHE_DIRECTORY")?;
    Some(env::split_paths(&folders).next()?.join("sound"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sound_is_kept_where_a_folder_is_named_and_its_size_has_bounds() {
        let layer = |toml: &str| toml::from_str::<Layer>(toml).expect("a settings file");
        let kept = settings(&layer("store_folder = '/var/cache/loa'"));
        let kept = kept.expect("a folder").expect("a folder is named");
        assert_eq!(
            (kept.folder, kept.bytes),
            ("/var/cache/loa".into(), 1 << 30)
        );
        assert_eq!(settings(&layer("store_folder = ''")).expect("none"), None);
        let small = settings(&layer("store_folder = '/x'\nstore_bytes = 1000"));
        assert!(matches!(small, Err(Error::Value { .. })));
    }
}
