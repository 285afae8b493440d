"""Addresses that lead a gatherer in circles: endless calendars, sessions, paths that grow."""

import re
from collections import Counter
from urllib.parse import urlsplit

_MOST_SEGMENTS = 25
_MOST_REPEATS = 3
_MOST_PARAMETERS = 12
_SESSION = re.compile(
    r"[;?&](?:jsessionid|phpsessid|aspsessionid\w*|sessionid|session_id|sid|cfid|cftoken)=[0-9a-z.:_-]{12,}",
    re.IGNORECASE,
)


def trapped(url: str) -> str:
    """Why an address found in a page looks like one of endlessly many; empty when it does not.

    A heuristic for links of pages only: what a feed or sitemap names is asked whatever it looks like.
    """
    if _SESSION.search(url):
        return "its address carries a session"
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    if len(segments) > _MOST_SEGMENTS:
        return "its path is very deep"
    if segments and max(Counter(segments).values()) >= _MOST_REPEATS:
        return "its path repeats itself"
    if parts.query.count("&") >= _MOST_PARAMETERS:
        return "its query has very many parts"
    return ""
