//! The command that installs the speech engine on the system at hand.

use std::env;

/// Package managers and what they must be told, in the order in which they are looked for: apt-get
/// first, since some systems have a second one that is not theirs. `./run` uses the same names.
const COMMANDS: [(&str, &str); 6] = [
    (
        "apt-get",
        "sudo apt-get install libespeak-ng1 espeak-ng-data",
    ),
    ("dnf", "sudo dnf install espeak-ng"),
    ("pacman", "sudo pacman -S espeak-ng"),
    ("apk", "sudo apk add espeak-ng"),
    ("zypper", "sudo zypper install espeak-ng"),
    ("brew", "brew install espeak-ng"),
];
/// Where there is none of them.
const ELSEWHERE: &str = "the system's package manager; the package is called espeak-ng";

/// Returns the command for the first package manager that is on the search path.
pub(super) fn command() -> String {
    let folders = env::var_os("PATH").unwrap_or_default();
    let exists =
        |program: &str| env::split_paths(&folders).any(|folder| folder.join(program).is_file());
    command_with(exists)
}

fn command_with(exists: impl Fn(&str) -> bool) -> String {
    let known = COMMANDS.iter().find(|(program, _)| exists(program));
    known.map_or(ELSEWHERE, |(_, command)| command).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_is_that_of_the_systems_package_manager() {
        let only = |there: &'static str| command_with(move |program| program == there);
        assert_eq!(only("pacman"), "sudo pacman -S espeak-ng");
        assert_eq!(only("brew"), "brew install espeak-ng");
        assert_eq!(only("nothing"), ELSEWHERE);
        let both = command_with(|program| ["brew", "apt-get"].contains(&program));
        assert!(both.contains("apt-get"));
    }
}
