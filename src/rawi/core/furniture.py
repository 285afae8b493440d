"""What stands around an article and says so by its name: taken away before the text is looked for."""

import re
from typing import Any

_NAMES = frozenset(
    """
    ad ads advert advertisement advertising annonce breadcrumb breadcrumbs comments consent cookie cookies donate encart
    lettre newsletter notice partage poll promo pub publicite publicité rail recirc recommended related relatedposts
    share sharedaddy sharing sidebar social sponsor sponsored subscribe suite support ticker widget
    """.split()  # noqa: SIM905 - a table, a few words a line
)
_PHRASES = re.compile(
    r"(?:^|[\s_-])(?:lire-aussi|a-lire|see-also|read-more|rich-link|embedded-post)(?:$|[\s_-])", re.IGNORECASE
)
_PARTS = re.compile(r"[\s_-]+")
_KEEP = ("html", "body", "article", "main", "head")
_MOST_LETTERS, _MOST_PARAGRAPHS = 1500, 4
"""What holds more may be the article's own frame, whatever it is called."""


def clear(tree: Any) -> None:
    """Takes furniture out of a tree, in place, and makes plain blocks of tables that only lay a page out."""
    for element in tree.xpath("//*[@class or @id]"):
        is_inner = element.tag not in _KEEP and element.getparent() is not None
        if is_inner and _is_furniture(element) and _is_small(element):
            element.drop_tree()
    for table in tree.xpath("//table[.//table or .//p or .//br]"):
        for part in table.iter("table", "tbody", "tr", "td", "th"):
            part.tag = "div"


def _is_small(element: Any) -> bool:
    return len(element.text_content()) <= _MOST_LETTERS and len(element.xpath(".//p")) <= _MOST_PARAGRAPHS


def _is_furniture(element: Any) -> bool:
    named = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    return bool(_PHRASES.search(named)) or not _NAMES.isdisjoint(_PARTS.split(named))
