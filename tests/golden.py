"""Pages of ours and what is read from them, field by field: the same article ten years later.

A case is a folder of `tests/pages`: `source.html`, `expected.json`, `note.md` (where from, why kept). The digest of all
that is expected is tied to the version of the method in `digests.json`. `python -m tests.golden` writes both anew when
`extract.MADE_BY` was raised (a person reads the difference), and refuses when it was not: readings of one name are
equal. `--again` says that no release has gone out under this name yet.
"""

import argparse
import json
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from rawi.core.extract import MADE_BY, extract

PAGES = Path(__file__).parent / "pages"
DIGESTS = PAGES / "digests.json"
CASES = sorted(path.parent for path in PAGES.glob("*/source.html"))
CAPTURED_AT = datetime(2022, 1, 1, 12, tzinfo=UTC)


def url(case: Path) -> str:
    return f"https://press.example/{case.name}"


def read(case: Path) -> dict[str, Any]:
    """All fields of the article of a case, as JSON has them; without the name of the method."""
    article = extract((case / "source.html").read_bytes(), url(case), captured_at=CAPTURED_AT)
    fields = {name: value for name, value in asdict(article).items() if name != "made_by"}
    return json.loads(json.dumps(fields, default=str))  # type: ignore[no-any-return]


def expected(case: Path) -> dict[str, Any]:
    return json.loads((case / "expected.json").read_text())  # type: ignore[no-any-return]


def digest() -> str:
    """Of all that is expected."""
    said = {case.name: expected(case) for case in CASES}
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def digests() -> dict[str, str]:
    """By the method's name and version."""
    return json.loads(DIGESTS.read_text()) if DIGESTS.exists() else {}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--again", action="store_true", help="nothing was released under this version yet")
    known, again = digests(), asked.parse_args().again
    if MADE_BY in known and not again and any(read(case) != expected(case) for case in CASES):
        raise SystemExit(f"what is read differs, and is still called {MADE_BY}: raise extract.MADE_BY")
    for case in CASES:
        (case / "expected.json").write_text(json.dumps(read(case), ensure_ascii=False, indent=1) + "\n")
    DIGESTS.write_text(json.dumps(known | {MADE_BY: digest()}, indent=1) + "\n")


if __name__ == "__main__":
    main()
