"""The site: which address shows which page, and what every answer carries."""

import hashlib
import re
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from importlib.resources import files
from typing import TYPE_CHECKING

from markupsafe import Markup
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rawi.core.urls import clean
from rawi.errors import BadInput, CaptureError, NotFound
from rawi.model import Headline
from rawi.web import comparing, downloads, feeds, pages
from rawi.web.pages import RUN, Asked, Download, Make, Page, Stream, in_other_language
from rawi.web.render import LANGUAGES, Renderer, address

if TYPE_CHECKING:
    from rawi.archive import Archive

SECURITY = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
PICTURE_POLICY = "default-src 'none'; sandbox"
RASTER = frozenset({"image/avif", "image/gif", "image/jpeg", "image/png", "image/webp"})
"""Pictures that are served: none of them can be active."""

LONGEST_PATH, LONGEST_QUERY = 1_000, 4_000
MOST_FEEDS = 1_000
MOST_STREAMS = 2
"""Long files that are sent at once."""
METHODS = ("GET", "HEAD")
STATIC = {"icon.svg": "image/svg+xml", "style.css": "text/css; charset=utf-8"}
FOREVER = "public, max-age=31536000, immutable"
SHORTLY = "no-cache"
"""Pages may be kept by a browser but are asked for again, which mostly gives a 304."""

Endpoint = Callable[[Request], Awaitable[Response]]

ROUTES: tuple[tuple[str, Make, bool], ...] = (
    ("/", pages.front, False),
    ("/latest", pages.latest, False),
    ("/sections", pages.sections, False),
    ("/sections/{topic}", pages.section, False),
    ("/publishers", pages.publishers, False),
    ("/publishers/{id:path}", pages.publisher, False),
    ("/days", pages.days, False),
    ("/days/{year:int}", pages.year, False),
    ("/days/{day}", pages.day, False),
    ("/articles/{id}", pages.article, False),
    ("/search", pages.search, True),
    ("/search/days.csv", downloads.days, True),
    ("/search/facets.csv", downloads.facets, True),
    ("/compare", comparing.compare, True),
    ("/search/articles.csv", downloads.articles_csv, True),
    ("/search/articles.jsonl", downloads.articles_jsonl, True),
    ("/compare.csv", downloads.compared_days, True),
    ("/compare/words.csv", downloads.words, True),
    ("/about", pages.about, False),
)
"""Address behind the language, page, and whether it may take long enough to be made on a thread of its own."""


@dataclass(frozen=True)
class StaticFile:
    """A file of ours whose address names its content."""

    address: str
    media_type: str
    body: bytes


def make_app(archive: "Archive", *, streams: int = MOST_STREAMS) -> Starlette:
    """The site of an archive; `streams` long files are sent at once."""
    site = Site(archive, streams)
    routes = [Route("/", site.home), Route("/pictures/{capture}", site.picture), Route("/{language}", site.home_of)]
    routes += [Route(file.address, site.static) for file in site.files.values()]
    routes += [Route("/saved/{id}.{form}", site.saved_feed), Route("/saved/{id}", site.saved)]
    routes += [Route("/{language}/saved/{id}", site.saved), Route("/{language}/search.{form}", site.search_feed)]
    routes += [Route("/{language}" + path, site.endpoint(make, slow)) for path, make, slow in ROUTES]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, refuse=site.refuse)],
        exception_handlers={
            HTTPException: site.failed,
            BadInput: site.failed,
            NotFound: site.failed,
            CaptureError: site.failed,
            Exception: site.failed,
        },
    )
    # Its redirects would name the host that the request claims to be for.
    app.router.redirect_slashes = False
    return app


class Site:
    """Answers requests from an archive."""

    def __init__(self, archive: "Archive", streams: int) -> None:
        self._archive = archive
        self.files = {name: _read_static(name, media_type) for name, media_type in STATIC.items()}
        self._renderer = Renderer(
            archive_name=archive.name,
            languages=LANGUAGES,
            **{name.partition(".")[0]: file.address for name, file in self.files.items()},
        )
        self._streams = threading.BoundedSemaphore(streams)
        self._runs: dict[str, tuple[list[Headline], Markup]] = {}
        self._feeds: dict[str, tuple[str, datetime]] = {}
        """Of each feed that was asked for, its state and since when it is known."""
        self._fronts: dict[str, tuple[object, bytes]] = {}

    # -------------------------------------------------------------------------------------- pages

    def endpoint(self, make: Make, is_slow: bool) -> Endpoint:
        """What answers requests for one kind of page."""

        async def answer(request: Request) -> Response:
            if is_slow:
                return await run_in_threadpool(self._answer, make, request)
            return self._answer(make, request)

        return answer

    def _answer(self, make: Make, request: Request) -> Response:
        asked = _asked(request)
        if asked.language not in LANGUAGES:
            raise HTTPException(404, "not_found")
        if make is pages.front and not asked.query:
            return _answered(request, self._front(asked, request))
        page = make(self._archive, asked)
        if isinstance(page, Download):
            answer = _answered(request, page.body, media_type=page.media_type)
            answer.headers["Content-Disposition"] = f'attachment; filename="{page.name}"'
            return answer
        if isinstance(page, Stream):
            return self._streamed(page)
        return _answered(request, self._body(page, asked, request.scope["path"]), status=page.status)

    def _streamed(self, file: Stream) -> Response:
        """A long file, sent while it is made; few at once, since each may go on for hours."""
        if not self._streams.acquire(blocking=False):
            raise HTTPException(503, "busy")

        def parts() -> Iterator[bytes]:
            try:
                yield from file.parts
            finally:
                self._streams.release()

        headers = {
            "Content-Disposition": f'attachment; filename="{file.name}"',
            "Cache-Control": "no-store",
            "X-Rawi-Articles": str(file.articles),
        }
        return StreamingResponse(parts(), media_type=file.media_type, headers=headers)

    def _front(self, asked: Asked, request: Request) -> bytes:
        """The front page as it was last made, while nothing that it shows has changed."""
        moment = (self._archive.headlines(limit=RUN), self._archive.state())
        known = self._fronts.get(asked.language)
        if known and known[0] == moment:
            return known[1]
        body = self._body(pages.front(self._archive, asked), asked, request.scope["path"])
        self._fronts[asked.language] = (moment, body)
        return body

    def _body(self, page: Page, asked: Asked, path: str) -> bytes:
        html = self._renderer.render(
            page.template,
            asked.language,
            run=self._run(asked.language),
            others=[(other, in_other_language(asked, other, path)) for other in LANGUAGES],
            path=path,
            path_link=address(*path.strip("/").split("/")),
            **({"query": ""} | page.values),
        )
        return html.encode("utf-8", "replace")

    def _run(self, language: str) -> Markup:
        """The run of the latest headlines: made once for as long as it stays the same."""
        latest = self._archive.headlines(limit=RUN)
        known = self._runs.get(language)
        if known and known[0] == latest:
            return known[1]
        made = Markup(self._renderer.render("run.html", language, headlines=latest))  # noqa: S704 - from a template
        self._runs[language] = (latest, made)
        return made

    async def home(self, request: Request) -> Response:
        """Leads to the front page in a language that the reader's browser asks for."""
        language = preferred(request.headers.get("accept-language", ""))
        return Response(status_code=307, headers={"Location": f"/{language}/", "Vary": "Accept-Language"})

    async def home_of(self, request: Request) -> Response:
        """Leads to the front page in the language that the address names."""
        language = request.path_params["language"]
        if language not in LANGUAGES:
            raise HTTPException(404, "not_found")
        return Response(status_code=308, headers={"Location": f"/{language}/"})

    # -------------------------------------------------------------------------------------- feeds

    async def saved(self, request: Request) -> Response:
        """Leads to what a saved search finds now, on the page of searches."""
        found = await run_in_threadpool(self._archive.saved_search_of_id, request.path_params["id"])
        said = {"q": found.query, "exact": 1 if found.exact else "", "names": "" if found.names else 0}
        return Response(status_code=307, headers={"Location": address(found.language, "search", **said)})

    async def saved_feed(self, request: Request) -> Response:
        """The feed of a saved search."""
        form = request.path_params["form"]
        found = await run_in_threadpool(self._archive.saved_search_of_id, request.path_params["id"])
        asked = feeds.Asked(
            key=f"saved {found.id}",
            name=found.name,
            query=found.query,
            language=found.language,
            exact=found.exact,
            names=found.names,
            page=address("saved", found.id),
            path=address("saved", f"{found.id}.{form}"),
        )
        return await run_in_threadpool(self._feed, asked, form, request)

    async def search_feed(self, request: Request) -> Response:
        """The feed of any search."""
        language, form = request.path_params["language"], request.path_params["form"]
        query = " ".join(request.query_params.get("q", "").split())
        if language not in LANGUAGES:
            raise HTTPException(404, "not_found")
        if not query or len(query) > pages.MOST_QUERY:
            raise HTTPException(400, "bad_request_text")
        asked = feeds.Asked(
            key=f"search {language} {pages.cleaned(query)}",
            name=query,
            query=pages.cleaned(query),
            language=language,
            page=address(language, "search", q=query.encode("utf-8", "replace").decode()),
            path=address(language, f"search.{form}", q=query.encode("utf-8", "replace").decode()),
        )
        return await run_in_threadpool(self._feed, asked, form, request)

    def _feed(self, asked: feeds.Asked, form: str, request: Request) -> Response:
        if form not in feeds.FORMS:
            raise HTTPException(404, "not_found")
        site = self._archive.settings.address or _site_of(request)
        untitled = self._renderer.languages[asked.language].texts["article"]["untitled"]
        body = feeds.feed(self._archive, asked, form, site.rstrip("/"), untitled)
        tag, since = hashlib.blake2b(body, digest_size=10).hexdigest(), self._archive.now().replace(microsecond=0)
        known = self._feeds.get(asked.path)
        if known and known[0] != tag:  # two states never share a second
            since = max(since, known[1] + timedelta(seconds=1))
        elif known:
            since = known[1]
        if len(self._feeds) >= MOST_FEEDS:
            self._feeds.clear()
        self._feeds[asked.path] = (tag, since)
        answer = _answered(request, body, media_type=f"{feeds.FORMS[form]}; charset=utf-8", cached=feeds.CACHED)
        answer.headers["Last-Modified"] = format_datetime(since, usegmt=True)
        if "if-none-match" not in request.headers and request.headers.get("if-modified-since") == format_datetime(
            since, usegmt=True
        ):
            return Response(status_code=304, headers=dict(answer.headers.items()) | {"content-length": "0"})
        return answer

    # ------------------------------------------------------------------------------ files, pictures

    async def static(self, request: Request) -> Response:
        """A file of ours."""
        file = next(file for file in self.files.values() if file.address == request.scope["path"])
        return _answered(request, file.body, media_type=file.media_type, cached=FOREVER)

    async def picture(self, request: Request) -> Response:
        """A kept picture, under a policy by which it can do nothing but be seen."""
        capture = request.path_params["capture"]
        if not re.fullmatch(r"[0-9a-f]{20}", capture):
            raise HTTPException(404, "not_found")
        media_type, body = await run_in_threadpool(self._archive.picture, capture)
        if media_type not in RASTER:
            raise HTTPException(404, "not_found")
        answer = _answered(request, body, media_type=media_type, cached="private, max-age=60")
        answer.headers["Content-Security-Policy"] = PICTURE_POLICY
        return answer

    # ------------------------------------------------------------------------------------- errors

    async def failed(self, request: Request, error: Exception) -> Response:
        """The page for what went wrong, in the reader's language."""
        status, why = _status(error)
        answer = self.refuse(request.scope, status, why)
        # The answer to an unforeseen error is sent outside of the middleware.
        for name, value in SECURITY.items():
            answer.headers.setdefault(name, value)
        return answer

    def refuse(self, scope: Scope, status: int, why: str) -> Response:
        """A page that says why there is no other."""
        request = Request(scope)
        named = scope["path"].strip("/").split("/")[0]
        language = named if named in LANGUAGES else preferred(request.headers.get("accept-language", ""))
        texts = {"status": status, "kind": _KINDS.get(status, "bad_request"), "why": why, "query": ""}
        html = self._renderer.render(
            "error.html",
            language,
            run=self._run_if_possible(language, status),
            others=[(other, f"/{other}/") for other in LANGUAGES],
            path="",
            **texts,
        )
        answer = Response(html.encode("utf-8", "replace"), status, media_type="text/html; charset=utf-8")
        answer.headers["Cache-Control"] = "no-store"
        if language != named:
            answer.headers["Vary"] = "Accept-Language"
        if status == 405:
            answer.headers["Allow"] = ", ".join(METHODS)
        if status == 503:
            answer.headers["Retry-After"] = "60"
        return answer

    def _run_if_possible(self, language: str, status: int) -> Markup:
        """After an unforeseen error the archive is not asked again: it may be what failed."""
        if status == 500:
            return self._runs[language][1] if language in self._runs else Markup()
        return self._run(language)


_KINDS = {404: "not_found", 405: "not_allowed", 500: "failed", 503: "failed"}


def _status(error: Exception) -> tuple[int, str]:
    if isinstance(error, HTTPException):
        return error.status_code, error.detail
    if isinstance(error, NotFound | CaptureError):
        return 404, "not_found"
    return (400, "bad_request_text") if isinstance(error, BadInput) else (500, "failed")


def _asked(request: Request) -> Asked:
    path = {name: str(value) for name, value in request.path_params.items() if name != "language"}
    return Asked(
        language=request.path_params["language"],
        path=path,
        query=dict(request.query_params),
        repeated=tuple(request.query_params.multi_items()),
    )


def _answered(
    request: Request,
    body: bytes,
    *,
    status: int = 200,
    media_type: str = "text/html; charset=utf-8",
    cached: str = SHORTLY,
) -> Response:
    """An answer with these bytes, or the word that the reader's browser has them already."""
    tag = f'"{hashlib.blake2b(body, digest_size=10).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": cached}
    if status == 200 and _has(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    return Response(body, status, headers=headers, media_type=media_type)


def _site_of(request: Request) -> str:
    """The address by which the site was asked, where its owner has not said it."""
    try:
        site = clean(f"{request.scope['scheme']}://{request.headers.get('host', '')}/")
    except BadInput as error:
        raise HTTPException(400, "bad_request_text") from error
    if site.count("/") != 3 or "?" in site:
        raise HTTPException(400, "bad_request_text")
    return site


def _has(if_none_match: str, tag: str) -> bool:
    tags = {known.strip().removeprefix("W/") for known in if_none_match.split(",")}
    return tag in tags or "*" in tags


def _read_static(name: str, media_type: str) -> StaticFile:
    body = files("rawi.web").joinpath("static", name).read_bytes()
    stem, _, ending = name.partition(".")
    return StaticFile(f"/static/{stem}-{hashlib.sha256(body).hexdigest()[:12]}.{ending}", media_type, body)


def preferred(accept_language: str) -> str:
    """The language of ours that a browser's Accept-Language asks for most."""
    wanted: list[tuple[float, int, str]] = []
    for place, part in enumerate(accept_language[:500].split(",")):
        name, _, quality = part.partition(";")
        code = name.strip().lower().split("-")[0]
        weight = re.fullmatch(r"\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*", quality, re.ASCII)
        if code in LANGUAGES and (not quality.strip() or weight):
            wanted.append((-float(weight[1]) if weight else -1.0, place, code))
    best = min(wanted, default=(0.0, 0, LANGUAGES[0]))
    return best[2] if best[0] < 0 else LANGUAGES[0]


class Guard:
    """Stands before everything: refuses what is no plain reading, and puts the security headers on every answer."""

    def __init__(self, app: ASGIApp, refuse: Callable[[Scope, int, str], Response]) -> None:
        self._app = app
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY.items():
                    headers.setdefault(name, value)
            elif scope["method"] == "HEAD" and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        answer: ASGIApp = self._app
        if scope["method"] not in METHODS:
            answer = self._refuse(scope, 405, "not_allowed_text")
        elif len(scope["path"]) > LONGEST_PATH or len(scope["query_string"]) > LONGEST_QUERY:
            answer = self._refuse(scope, 400, "bad_request_text")
        await answer(scope, receive, send_guarded)
