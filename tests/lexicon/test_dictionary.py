"""The British dictionary."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from shutil import copy, copytree

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


CODE = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("dictionary", sys.argv[1])
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
print(module.is_known("Winchester"), module.is_known("Winchetser"))
"""


def asked_in(folder: Path) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-c", CODE, str(folder / "dictionary.py")]
    return subprocess.run(argv, capture_output=True, text=True, encoding="utf-8", check=False)


def test_it_is_found_in_a_folder_of_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "Zoë Łetter" / "lexicon"
    copytree(Path(composer.lexicon.__file__).parent, folder)
    assert asked_in(folder).stdout == "True False\n"


def test_without_its_files_it_says_so(tmp_path: Path) -> None:
    copy(Path(composer.lexicon.__file__).parent / "dictionary.py", tmp_path)
    assert "cannot be opened; install Composer anew" in asked_in(tmp_path).stderr
