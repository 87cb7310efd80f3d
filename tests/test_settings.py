"""Settings: where they come from, and how mistakes in them are told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from vorzimmer.errors import ConfigurationError, SourceError
from vorzimmer.model import say
from vorzimmer.settings import (
    SETTINGS,
    Origin,
    Setting,
    Settings,
    default_database,
    read_settings,
)


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "vorzimmer.toml"
    file.write_text(text, encoding="utf-8")
    return file


def told(tmp_path: Path, text: str) -> ConfigurationError:
    with pytest.raises(ConfigurationError) as caught:
        read_settings(written(tmp_path, text), environment={})
    return caught.value


@pytest.fixture(autouse=True)
def _empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))


def test_without_a_file_the_defaults_hold() -> None:
    found = read_settings(environment={})
    assert (found.language, found.policy, found.policies_folder) == (
        "auto",
        "ask-back",
        None,
    )
    assert (found.web.port, found.web.open_browser) == (8700, True)
    assert found.database == str(default_database())
    assert {each.source for each in found.origins.values()} == {"default"}


def test_the_dataclasses_and_the_table_of_settings_agree() -> None:
    found, plain = read_settings(environment={}), Settings(database="")
    assert all(each.meaning.endswith(".") and each.form for each in SETTINGS)
    for each in SETTINGS:
        if each.name != "database":
            assert found.shown(each.name) == plain.shown(each.name)


OTHERS = {
    "language": "de",
    "policy": "open-door",
    "letters.form": "formal",
    "weights": "copied_note=1.5",
}


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda each: each.name)
def test_every_setting_takes_effect(setting: Setting) -> None:
    default = setting.default
    value = OTHERS.get(setting.name, "7")
    if isinstance(default, bool):
        value = str(not default).lower()
    plain = read_settings(environment={}).shown(setting.name)
    found = read_settings(environment={setting.variable: value}).shown(setting.name)
    assert found != plain


def test_the_file_is_read_and_each_value_knows_its_line(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        'language = "de"\npolicies_folder = "own"\n\n[weights]\n'
        "copied_note = 1.5\npitch_in_note = 0\n\n[web]\nport = 0\n",
    )
    found = read_settings(file, environment={})
    assert found.language == "de"
    assert found.policies_folder == tmp_path / "own"
    assert found.weights == {"copied_note": 1.5, "pitch_in_note": 0.0}
    assert found.web.port == 0
    assert found.file == file
    assert found.origins["web.port"] == Origin("file", str(file), 9)
    assert found.origins["weights.pitch_in_note"] == Origin("file", str(file), 6)
    assert found.origins["policy"] == Origin("default")
    assert found.shown("weights") == "copied_note = 1.5, pitch_in_note = 0"


def test_the_default_file_lies_in_the_config_folder(tmp_path: Path) -> None:
    folder = tmp_path / "home" / "vorzimmer"
    folder.mkdir(parents=True)
    written(folder, 'policy = "open-door"')
    assert read_settings(environment={}).policy == "open-door"


def test_a_variable_names_the_file_and_an_argument_wins(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    by_name = written(tmp_path, 'policy = "by-variable"')
    by_hand = written(tmp_path / "other", 'policy = "by-argument"')
    environment = {"VORZIMMER_SETTINGS": str(by_name)}
    assert read_settings(environment=environment).policy == "by-variable"
    assert read_settings(by_hand, environment=environment).policy == "by-argument"


def test_variables_override_the_file(tmp_path: Path) -> None:
    file = written(tmp_path, "[web]\nport = 1\n[weights]\nold_signal = 1\n")
    found = read_settings(
        file,
        environment={
            "VORZIMMER_WEB_PORT": "9000",
            "VORZIMMER_WEB_OPEN_BROWSER": "False",
            "VORZIMMER_WEIGHTS": "copied_note=-1.5, pitch_in_note = 2",
            "VORZIMMER_POLICY": "",
        },
    )
    assert (found.web.port, found.web.open_browser) == (9000, False)
    assert found.weights == {"copied_note": -1.5, "pitch_in_note": 2.0}
    assert found.policy == "ask-back"
    assert found.origins["web.port"] == Origin("environment", "VORZIMMER_WEB_PORT")
    assert "weights.old_signal" not in found.origins
    assert found.origins["weights.copied_note"].source == "environment"


def test_a_database_is_a_path_or_an_address(tmp_path: Path) -> None:
    relative = read_settings(written(tmp_path, 'database = "my.db"'), environment={})
    assert relative.database == str(tmp_path / "my.db")
    home = read_settings(environment={"VORZIMMER_DATABASE": "~/my.db"})
    assert home.database == str(tmp_path / "home" / "my.db")
    address = read_settings(environment={"VORZIMMER_DATABASE": "sqlite:///x.db"})
    assert address.database == "sqlite:///x.db"


@pytest.mark.parametrize("password", ["geheim", "ge:he@im"])
def test_a_password_is_never_shown(password: str) -> None:
    address = f"postgresql://anna:{password}@db.example.org/vorzimmer"
    found = read_settings(environment={"VORZIMMER_DATABASE": address})
    assert found.shown("database") == "postgresql://anna:***@db.example.org/vorzimmer"


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ('\nlanguge = "de"', 2, "language"),
        ("[webb]\nport = 1", 1, "web"),
        ("[web]\n\nprot = 1", 3, "web.port"),
        ("web.open_browsr = true", 1, "web.open_browser"),
        ('# x\nlanguage = "dee"', 2, "de"),
        ("[keep]\ndecined = 9", 2, "keep.declined"),
        ("[keap]\ndeclined = 9", 1, "keep"),
        ("qqqqqqqq = 1", 1, None),
    ],
)
def test_a_wrong_word_is_told_with_line_and_nearest(
    tmp_path: Path, text: str, line: int, hint: str | None
) -> None:
    error = told(tmp_path, text)
    assert (error.line, error.nearest) == (line, hint)
    assert "vorzimmer.toml" in error.file


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("[web]\nport = 70000", 2, "whole number from 0 to 65535"),
        ("[web]\nport = -1", 2, "whole number from 0 to 65535"),
        ("[web]\nport = true", 2, "whole number"),
        ("[web]\nport = 80.0", 2, "whole number"),
        ('[web]\nopen_browser = "yes"', 2, "true or false"),
        ("[limits]\narchive_mb = 0", 2, "from 1"),
        ('[keep]\n\nignored = "9m"', 3, "months from 1 to 1200, or 0"),
        ("[keep]\nignored = 1201", 2, "months from 1 to 1200, or 0"),
        ("policy = 3", 1, "name of a policy"),
        ('policy = " "', 1, "name of a policy"),
        ('database = "a\\u0000b"', 1, "Write a path"),
        ("[weights]\na = 1\nb = nan", 3, "numbers from -20 to 20"),
        ("[weights]\na = 1\nb = 21", 3, "numbers from -20 to 20"),
        ("[weights]\na.b = 1", 2, "numbers from -20 to 20"),
        ("weights = 3", 1, "numbers from -20 to 20"),
        ("\nweb = 3", 2, "is a table"),
        ("[policy]\nname = 'x'", 1, "name of a policy"),
        ('database = "~nobody-of-this-name/x"', 1, "home folder of nobody"),
        ("language = de", 1, "no valid TOML"),
    ],
)
def test_a_value_that_does_not_fit_is_told_with_its_line(
    tmp_path: Path, text: str, line: int, problem: str
) -> None:
    error = told(tmp_path, text)
    assert error.line == line
    assert problem in str(error)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VORZIMMER_WEB_PORT", "eighty"),
        ("VORZIMMER_WEB_PORT", "9" * 30),
        ("VORZIMMER_WEB_OPEN_BROWSER", "perhaps"),
        ("VORZIMMER_WEIGHTS", "copied_note"),
        ("VORZIMMER_WEIGHTS", "copied_note=inf"),
        ("VORZIMMER_LANGUAGE", "fr"),
    ],
)
def test_a_variable_that_does_not_fit_is_told_by_name(name: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=name):
        read_settings(environment={name: value})


def test_a_value_that_others_judge_is_told_where_it_stands(tmp_path: Path) -> None:
    text = 'policy = "ask-bck"\n[weights]\ncopied_not = 1'
    found = read_settings(written(tmp_path, text), environment={})
    policy = found.mistake("policy", say("There is no such policy."), {"ask-back"})
    weight = found.mistake(
        "weights.copied_not", say("There is no such signal."), {"copied_note"}
    )
    assert (policy.line, policy.nearest) == (1, "ask-back")
    assert (weight.line, weight.nearest) == (3, "copied_note")


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such settings file"):
        read_settings(tmp_path / "missing.toml", environment={})


def test_the_home_of_nobody_holds_no_settings_file() -> None:
    with pytest.raises(SourceError, match="no such settings file"):
        read_settings(Path("~nobody-of-that-name/own.toml"), environment={})


def test_a_folder_is_no_settings_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        read_settings(tmp_path, environment={})


def test_a_file_in_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "vorzimmer.toml"
    file.write_bytes('language = "de"\n# für mich\n'.encode("latin-1"))
    with pytest.raises(ConfigurationError, match=r"line 2.*UTF-8"):
        read_settings(file, environment={})


def test_importing_the_settings_brings_no_database_along() -> None:
    code = (
        "import sys, vorzimmer.settings;"
        "sys.exit(bool({'sqlalchemy', 'alembic', 'sqlite3'} & set(sys.modules)))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - our own code
