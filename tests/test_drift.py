"""What is written twice says the same: requirements and lock, code and documents."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).parents[1]
TOP_LEVEL = {
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "Makefile",
    "README.md",
    "assignments",
    "departments",
    "docs",
    "indicators",
    "manage.py",
    "news",
    "portal",
    "pyproject.toml",
    "requirements.lock",
    "tests",
}
TEXT = {".py", ".md", ".toml", ".html", ".css", ".js", ".json", ".lock", ".po", ".svg", ".txt", ""}
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|home|root|Users|mnt)/\w")


def tracked() -> list[str]:
    """Files git knows or would add; none outside a repository."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607 # git
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listing.returncode:
        pytest.skip("not a git repository")
    return [name for name in listing.stdout.splitlines() if (CHECKOUT / name).exists()]


def read(name: str) -> str:
    return (CHECKOUT / name).read_text()


def requirements() -> list[Requirement]:
    project = tomllib.loads(read("pyproject.toml"))
    listed = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    return [Requirement(line) for line in listed]


def locked() -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9][\w.-]*)==([^\s;]+)", read("requirements.lock"), re.M))


def test_nothing_else_stands_at_the_top() -> None:
    assert {name.split("/")[0] for name in tracked()} <= TOP_LEVEL


def test_every_requirement_is_locked_at_a_version_it_allows() -> None:
    lock = locked()

    unfit = [
        str(requirement)
        for requirement in requirements()
        if not requirement.specifier.contains(lock.get(canonicalize_name(requirement.name), "0"))
        or canonicalize_name(requirement.name) not in lock
    ]

    assert unfit == [], "Run `make lock`."


def test_nothing_is_locked_that_is_no_longer_required() -> None:
    directly = re.findall(
        r"^([a-z0-9][\w.-]*)==(?:.*\n)(?: +--hash.*\n)*(?: +# via\n)?(?: +#.*\n)*? +#.* portal ",
        read("requirements.lock"),
        re.M,
    )
    wanted = {canonicalize_name(requirement.name) for requirement in requirements()}

    assert directly
    assert set(directly) <= wanted, "Run `make lock`."


def test_the_lock_holds_hashes_and_no_address() -> None:
    lock = read("requirements.lock")

    assert "://" not in lock
    assert "--index-url" not in lock
    assert "--find-links" not in lock
    assert lock.count("==") <= lock.count("--hash=sha256:")


def test_every_requirement_says_what_for() -> None:
    lines = [line.strip() for line in read("pyproject.toml").splitlines()]

    silent = [
        str(requirement)
        for requirement in requirements()
        for line in lines
        if line.startswith(f'"{requirement.name}') and "# " not in line
    ]

    assert silent == []


def test_the_settings_document_names_every_variable() -> None:
    code = read("portal/settings.py") + read("portal/database/programs.py")
    used = set(re.findall(r'"((?:PORTAL|DATABASE)_[A-Z_]+)"', code))

    assert used == set(re.findall(r"^\| `([A-Z_]+)` \|", read("docs/settings.md"), re.M))


def test_the_readme_names_only_what_can_be_made() -> None:
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.M))
    documents = [
        read("README.md"),
        *(path.read_text() for path in (CHECKOUT / "docs").rglob("*.md")),
    ]
    named = {
        name for text in documents for name in re.findall(r"(?:`|^)make ([a-z-]+)", text, re.M)
    }

    assert named
    assert named <= targets


def test_the_documents_link_to_what_exists() -> None:
    documents = [CHECKOUT / "README.md", *(CHECKOUT / "docs").rglob("*.md")]

    dead = [
        f"{path.name}: {link}"
        for path in documents
        for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text())
        if not (path.parent / link).exists()
    ]

    assert dead == []


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = sorted(int(path.name[:4]) for path in (CHECKOUT / "docs" / "decisions").glob("*.md"))

    assert numbers == list(range(1, len(numbers) + 1))


def test_the_readme_names_the_command_that_runs_the_tests() -> None:
    assert "make test" in read("README.md")
    assert "make test" in read(".ci/run")
    assert "make check" in read(".ci/run")


def test_no_path_of_a_machine_is_written_down() -> None:
    own = Path(__file__).relative_to(CHECKOUT)

    written = [
        name
        for name in tracked()
        if Path(name) != own and Path(name).suffix in TEXT and MACHINE_PATH.search(read(name))
    ]

    assert written == []
