"""What a saved search has found, put into words: a message in the search's language."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from rawi.core.alerts import single_line
from rawi.jobs.alerts import Digest, Item, Write
from rawi.model import Message
from rawi.web.render import Renderer, address, plain, web_address


def writer(*, archive_name: str, site: str, publisher_name: Callable[[str], str]) -> Write:
    """What writes messages. `site` is the archive's public address; without one they lead to the sources only."""

    def write(digest: Digest) -> Message:
        return _written(digest, archive_name, site.rstrip("/"), publisher_name)

    return write


def _written(digest: Digest, archive_name: str, site: str, publisher_name: Callable[[str], str]) -> Message:
    code, search = digest.search.language, digest.search
    renderer = _renderer()
    language = renderer.languages[code]
    texts = language.texts["letter"]
    number = language.count("articles", len(digest.items) + digest.more)
    whole = site + address(code, "saved", search.id) if site else ""
    items = [_item(item, code, site, publisher_name) for item in digest.items]
    subject = str(texts["subject"]).format(name=plain(search.name), articles=number)
    more = str(texts["more"]).format(articles=language.count("articles", digest.more)) if digest.more else ""
    why = str(texts["why"]).format(name=plain(search.name), archive=plain(archive_name))
    html = renderer.render(
        "letter.html", code, subject=subject, items=items, more=more, whole=whole, why=why, number=number
    )
    lines = [subject, ""]
    for item in items:
        lines += [item["title"], " ".join(filter(None, (item["publisher"], item["day"]))), item["snippet"]]
        lines += [item["page"], item["url"], ""]
    lines += [more, whole, "", "-- ", why]
    return Message(
        id=digest.id,
        target=digest.target,
        language=code,
        at=digest.at,
        subject=single_line(subject, 200),
        text="\n".join(line for place, line in enumerate(lines) if line or lines[place - 1]) + "\n",
        html=html.encode("utf-8", "replace").decode(),
        data={
            "id": digest.id,
            "at": digest.at.isoformat(),
            "search": {"id": search.id, "name": plain(search.name), "query": plain(search.query), "page": whole},
            "articles": [{name: value for name, value in item.items() if name != "day"} for item in items],
            "more": digest.more,
        },
    )


def _item(item: Item, code: str, site: str, publisher_name: Callable[[str], str]) -> dict[str, Any]:
    article, language = item.article, _renderer().languages[code]
    name = publisher_name(article.publisher) or article.publisher_name or article.publisher
    return {
        "id": article.id,
        "title": single_line(article.title, 400) or str(language.texts["article"]["untitled"]),
        "publisher": single_line(name, 200),
        "published_on": article.published_on.isoformat() if article.published_on else None,
        "day": language.day(article.published_on) if article.published_on else "",
        "language": article.language,
        "snippet": single_line("".join(piece for piece, _ in item.snippet), 400),
        "page": site + address(code, "articles", article.id) if site else "",
        "url": web_address(article.url),
    }


@lru_cache(maxsize=1)
def _renderer() -> Renderer:
    return Renderer(archive_name="", languages=(), style="", icon="")
