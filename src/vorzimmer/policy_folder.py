"""The policies to choose from: the presets, and the member's own folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from vorzimmer.errors import SourceError, UnknownNameError
from vorzimmer.policy import Policy
from vorzimmer.policy_file import preset_policies, read_policy
from vorzimmer.settings import Settings
from vorzimmer.toml_places import nearest


def open_policies(settings: Settings) -> Mapping[str, Policy]:
    """Return the presets and the policies in the member's own folder, by name.

    Raises:
        ConfigurationError: One of the member's own has a mistake.
    """
    policies = dict(preset_policies())
    folder = settings.policies_folder
    for file in sorted(folder.glob("*.toml")) if folder else ():
        policies[file.stem] = policy_from(file)
    return policies


def policy_from(file: Path) -> Policy:
    """Return the policy in a file.

    Raises:
        ConfigurationError: It has a mistake.
        SourceError: It cannot be read.
    """
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(
            file, "This policy cannot be read.", "Is it a text file in UTF-8?"
        ) from error
    return read_policy(file.stem, text, file=str(file))


def named(policies: Mapping[str, Policy], name: str) -> Policy:
    """Return the policy of that name.

    Raises:
        UnknownNameError: There is none.
    """
    if name not in policies:
        raise UnknownNameError(name, nearest(name, list(policies)), what="policy")
    return policies[name]
