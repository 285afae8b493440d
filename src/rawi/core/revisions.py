"""Several readings of one address: what the article is now, and how it changed."""

from collections.abc import Sequence
from dataclasses import replace

from rawi.model import Article, Revision, content_id

MADE_BY = "revisions/1"


def settle(readings: Sequence[Article]) -> tuple[Article, list[Revision]]:
    """From all readings of an address (at least one, any order): the article, and its revisions when it has changed.

    The article is the latest reading. Readings that say the same as the one before them are passed over. A date of
    publication that a later reading lost is kept from the earliest that has one, and the article stays where its first
    reading put it in the lists. The whole neighbourhood is judged, so the order of arrival does not matter.
    """
    ordered = sorted(readings, key=lambda reading: (reading.captured_at, reading.capture))
    different: list[Article] = []
    for reading in ordered:
        if not different or _says(different[-1]) != _says(reading):
            different.append(reading)
    latest, dated = different[-1], next((r for r in ordered if r.published_on), ordered[0])
    article = replace(
        latest,
        published_at=dated.published_at,
        published_on=dated.published_on,
        date_text=dated.date_text,
        dated_at=dated.dated_at,
    )
    return article, _numbered(different) if len(different) > 1 else []


def _says(reading: Article) -> tuple[str, str]:
    """What counts as saying the same: headline and text, whatever their blanks."""
    return " ".join(reading.title.split()), " ".join(reading.text.split())


def _numbered(readings: list[Article]) -> list[Revision]:
    return [
        Revision(
            id=content_id(reading.id, reading.capture),
            article=reading.id,
            capture=reading.capture,
            number=number,
            at=reading.captured_at,
            title=reading.title,
            text=reading.text,
            made_by=f"{MADE_BY} {reading.made_by}",
        )
        for number, reading in enumerate(readings, 1)
    ]
