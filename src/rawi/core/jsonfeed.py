"""JSON Feed, versions 1 and 1.1 (jsonfeed.org)."""

import json
from typing import Any

from rawi.core.dates import read_date
from rawi.core.foundlink import (
    MOST_MARKUP,
    MOST_SUMMARY,
    MOST_TITLE,
    FeedReading,
    FoundLink,
    collected,
    plain,
    short_id,
    tidy,
    web,
)
from rawi.core.urls import absolute


def read(text: str, url: str) -> FeedReading:
    """A JSON Feed. Of keys that are said twice the last counts; fields of a wrong type are passed over."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        return FeedReading(problem=f"JSON that cannot be read: {str(error)[:100]}")
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        return FeedReading(problem="JSON that is no feed")
    links = (_item(item, feed, url) for item in items if isinstance(item, dict))
    return collected("json", tidy(_string(feed.get("title")))[:MOST_TITLE], links)


def _item(item: dict[str, Any], feed: dict[str, Any], url: str) -> FoundLink | None:
    said = (item.get("url"), item.get("external_url"), web(_string(item.get("id"))))
    address = next((found for one in said if isinstance(one, str) and (found := absolute(one, url))), "")
    if not address:
        return None
    published = read_date(_string(item.get("date_published")), "en")
    updated = read_date(_string(item.get("date_modified")), "en")
    summary = _string(item.get("summary")) or _string(item.get("content_text"))
    return FoundLink(
        url=address,
        title=tidy(_string(item.get("title"))[:MOST_MARKUP])[:MOST_TITLE],
        published_at=published.at if published else None,
        published_on=published.on if published else None,
        updated_at=updated.at if updated else None,
        author=(_author(item) or _author(feed))[:MOST_TITLE],
        summary=(tidy(summary[:MOST_MARKUP]) or plain(_string(item.get("content_html"))))[:MOST_SUMMARY],
        id=short_id(_string(item.get("id"))),
    )


def _author(thing: dict[str, Any]) -> str:
    said = thing.get("authors") if isinstance(thing.get("authors"), list) else [thing.get("author")]
    names = [tidy(_string(one.get("name"))[:MOST_MARKUP]) for one in (said or [])[:50] if isinstance(one, dict)]
    return ", ".join(name for name in names if name)


def _string(value: Any) -> str:
    """A string, or a number as one; empty for all else."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18 else ""
