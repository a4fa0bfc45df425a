//! What may be read: the engine's data, nothing else; nothing may be written, no port bound or dialled.

use std::path::Path;

use landlock::{
    ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr,
    RulesetCreatedAttr, RulesetError, path_beneath_rules,
};

/// Restricts this process to the engine's data, as far as the kernel knows how.
pub(super) fn restrict(data: &Path) -> Result<(), RulesetError> {
    let abi = ABI::V5;
    Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(abi))?
        .handle_access(AccessNet::from_all(abi))?
        .create()?
        .add_rules(path_beneath_rules([data], AccessFs::from_read(abi)))?
        .restrict_self()
        .map(drop)
}
