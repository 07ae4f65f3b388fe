"""The British dictionary."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from shutil import copytree

import composer.lexicon
from composer.lexicon import is_known, is_name
from composer.lexicon.dictionary import common_words


def test_it_knows_words_as_they_are_written() -> None:
    known = "family Families colour Brighton don't councils"
    unknown = "brighton color familiy zzz"
    assert [word for word in known.split() if not is_known(word)] == []
    assert [word for word in unknown.split() if is_known(word)] == []


def test_a_name_is_known_with_a_capital_alone() -> None:
    assert is_name("Winchester")
    assert not is_name("Family")
    assert not is_name("winchester")


def test_its_common_words_are_in_it() -> None:
    unknown = [word for word in common_words() if not is_known(word)]
    assert len(unknown) < len(common_words()) / 100


def test_it_is_found_in_a_folder_of_any_name(tmp_path: Path) -> None:
    home = tmp_path / "Zoë\u2019s łetter"
    copytree(Path(composer.lexicon.__file__).parent, home / "lexicon")
    code = (
        "import importlib.util, sys\n"
        "spec = importlib.util.spec_from_file_location('dictionary', sys.argv[1])\n"
        "module = importlib.util.module_from_spec(spec); spec.loader.exec_module(module)\n"
        "print(module.is_known('Winchester'), module.is_known('Winchetser'))\n"
    )
    argv = [sys.executable, "-c", code, str(home / "lexicon" / "dictionary.py")]
    assert subprocess.run(argv, capture_output=True, text=True, check=True).stdout == "True False\n"
