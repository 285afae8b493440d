"""One frozen `Config`, from `rawi.toml` in the archive's folder and the environment. Only this file reads either."""

import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from rawi.errors import BadInput, CannotRun

FILE = "rawi.toml"


class Gathering(BaseModel):
    """How publishers are asked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    contact: str = Field(
        "", description="An address or e-mail in the user agent, for publishers who want to write to you."
    )
    pause_seconds: float = Field(3.0, ge=0, description="Between two requests to one host, at least.")
    pause_factor: float = Field(
        5.0, ge=0, description="The pause is so many times as long as the host took to answer, half a minute at most."
    )
    most_seconds: float = Field(30.0, gt=0, description="For one address, from the first byte asked to the last had.")
    most_bytes: int = Field(12 * 1024 * 1024, gt=0, description="Of one response; what is longer is cut, and marked.")
    connections: int = Field(500, gt=0, description="Hosts that are asked at once.")
    at_one_address: int = Field(
        4, gt=0, description="Of these, so many that share one network address (shared hosting, content networks)."
    )
    feed_minutes: float = Field(
        15.0, gt=0, description="Between two visits of a feed whose publisher's rhythm is not known yet."
    )
    shortest_feed_minutes: float = Field(5.0, gt=0, description="Between two visits of a feed, at least.")
    longest_feed_minutes: float = Field(1440.0, gt=0, description="Between two visits of a feed, at most.")
    revisit_hours: tuple[float, ...] = Field(
        (1, 24, 168, 720), description="After its first capture, when an article is asked again for revisions."
    )
    unverified_hosts: tuple[str, ...] = Field(
        (), description="Asked even if their certificate cannot be verified; the capture says why it could not."
    )
    allow_loopback: bool = Field(
        False, description="Only for demonstrations and tests: ask servers on this machine too."
    )


class Limits(BaseModel):
    """What is refused rather than swallowed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    page_bytes: int = Field(20_000_000, gt=0, description="Of one imported page, line or record.")
    reading_seconds: float = Field(60.0, gt=0, description="For reading one page; then it is set aside.")
    warc_file_bytes: int = Field(1_000_000_000, gt=0, description="When a capture file is full and the next begins.")


class ObjectStore(BaseModel):
    """How an object store is reached, where `captures` names one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    endpoint: str = Field("", description="Its address; Amazon's own when empty.")
    region: str = Field("", description="The region of the bucket.")
    access_key_id: str = Field("", description="When empty, AWS_ACCESS_KEY_ID, else the machine's role.")
    secret_access_key: SecretStr = Field(SecretStr(""), description="Better in RAWI_S3__SECRET_ACCESS_KEY.")
    spool: str = Field("spool", description="The folder where captures wait to be sent; relative to the archive's.")
    at_once: bool = Field(False, description="Send at each keeping, so that other machines can read at once.")


class Mail(BaseModel):
    """How saved searches send e-mail."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = Field("", description="The mail server (SMTP); without one no mail is sent.")
    port: int = Field(587, gt=0, lt=65536, description="Its port.")
    security: Literal["starttls", "tls", "none"] = Field("starttls", description="How the way to it is kept safe.")
    user: str = Field("", description="For servers that ask for it.")
    password: SecretStr = Field(SecretStr(""), description="Better in RAWI_MAIL__PASSWORD.")
    sender: str = Field("", description="The address that messages come from.")
    seconds: float = Field(20.0, gt=0, description="For each answer of the server.")
    minutes: float = Field(15.0, ge=0, description="Between two messages of one search to one address, at least.")


class Webhook(BaseModel):
    """How saved searches tell webhooks."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    secret: SecretStr = Field(SecretStr(""), description="Signs each message; better in RAWI_WEBHOOK__SECRET.")
    seconds: float = Field(10.0, gt=0, description="For one message.")
    allow_loopback: bool = Field(False, description="Tell servers on this machine too.")


class SearchServer(BaseModel):
    """How OpenSearch is reached and used, where `index` names it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    user: str = Field("", description="As whom it is asked; nobody when empty.")
    password: SecretStr = Field(SecretStr(""), description="Better in RAWI_OPENSEARCH__PASSWORD.")
    ca_file: str = Field("", description="The authorities to trust; the system's own when empty.")
    client_cert: str = Field("", description="A certificate to show, in a file.")
    client_key: str = Field("", description="Its key, in a file.")
    seconds: float = Field(60.0, gt=0, description="For one request with all its tries.")
    shards: int = Field(1, gt=0, description="Of each part.")
    replicas: str = Field(
        "0-1", pattern=r"^\d{1,2}(-\d{1,2})?$", description="Further copies of each shard; a range follows the nodes."
    )
    part_days: float = Field(90.0, gt=0, description="After which a new part begins.")
    part_docs: int = Field(20_000_000, gt=0, description="In a part, about; then a new one begins.")


FolderName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]


class Config(BaseSettings):
    """Everything an archive's owner can set. Each key is also a variable: RAWI_NAME, RAWI_GATHER__CONTACT, …"""

    model_config = SettingsConfigDict(frozen=True, extra="forbid", env_prefix="RAWI_", env_nested_delimiter="__")

    name: str = Field("Rawi", description="The archive's name, on every page.")
    address: str = Field(
        "",
        description="The site's own address, as readers reach it: in feeds and messages. Such as https://press.example.",
    )
    database: str = Field(
        "", description="SQLite in the folder when empty; else postgresql+psycopg://user:password@host/name."
    )
    captures: str = Field(
        "captures", description="The folder of the WARC files, relative to the archive's; or s3://bucket/prefix."
    )
    index: str = Field(
        "index",
        description="The folder of the search index, relative to the archive's; or opensearch+https://host:9200/name.",
    )
    referenced: dict[FolderName, str] = Field(
        {},
        description="Folders, by names of your choice, whose WARC files `rawi import` leaves where they are and only "
        "refers to; relative to the archive's. All other files are copied.",
    )
    recipes: str = Field(
        "recipes", description="The folder of the recipes, a TOML file for each publisher; relative to the archive's."
    )
    processes: int = Field(
        0, ge=0, description="That read pages at once; 0: one for each core; 1: none beside the main one."
    )
    gather: Gathering = Gathering()  # type: ignore[call-arg]
    limits: Limits = Limits()  # type: ignore[call-arg]
    s3: ObjectStore = ObjectStore()  # type: ignore[call-arg]
    mail: Mail = Mail()  # type: ignore[call-arg]
    webhook: Webhook = Webhook()  # type: ignore[call-arg]
    opensearch: SearchServer = SearchServer()  # type: ignore[call-arg]

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the signature is pydantic's
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file."""
        return env_settings, init_settings


def default_place() -> str:
    """Where the archive is when no `--archive` says it."""
    return os.environ.get("RAWI_ARCHIVE") or "archive"


def is_archive(place: str) -> bool:
    """Whether an archive is named: a folder that is one, or the address of a database."""
    return "://" in place or (Path(place) / FILE).is_file()


def read_config(place: str) -> tuple[Config, Path | None]:
    """The configuration of an archive, and its folder (None for one that is named by its database's address)."""
    if "://" in place:
        return _of_server(place), None
    folder = Path(place)
    file = folder / FILE
    if not file.is_file():
        what = "is not an archive" if folder.exists() else "is not there"
        raise CannotRun(f"{folder} {what}: run `rawi init {folder}` to make one, or name yours with --archive")
    return _config(file), folder


def _of_server(url: str) -> Config:
    config = _config(None, database=url)
    if not (Path(_captures_folder(config)).is_absolute() and _is_index_placed(config)):
        raise CannotRun(
            f"{hide_password(url)}: an archive named by its database needs RAWI_CAPTURES and RAWI_INDEX, "
            "two absolute folders (with captures in an object store, RAWI_S3__SPOOL is one)"
        )
    return config


def _is_index_placed(config: Config) -> bool:
    return "://" in config.index or Path(config.index).is_absolute()


def _captures_folder(config: Config) -> str:
    """The folder that captures need on this machine."""
    return config.s3.spool if config.captures.startswith("s3://") else config.captures


def _config(file: Path | None, **given: str) -> Config:
    make: Callable[..., Config] = Config
    try:
        return make(**{**(_read(file) if file else {}), **given})
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise CannotRun(
            f"{file or 'the environment'}: {problems}. docs/reference/configuration.md lists the keys"
        ) from error


def _read(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise CannotRun(f"{file} cannot be read: {error.strerror}; give yourself read permission on it") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CannotRun(f"{file} is not TOML: {error}") from error


def write_config(folder: Path, *, name: str, contact: str) -> Path:
    """Makes an archive's folder with its `rawi.toml`; BadInput when there is one."""
    file = folder / FILE
    if file.exists():
        raise BadInput(f"{folder} is an archive already ({file} is there)")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(_FIRST.format(name=_quoted(name), contact=_quoted(contact)), "utf-8")
    except OSError as error:
        raise CannotRun(f"{folder} cannot be made: {error.strerror}; choose a folder that you may write to") from error
    return file


_FIRST = """\
# An archive of Rawi. Every key is explained in docs/reference/configuration.md; these are the ones to look at first.
name = {name}

[gather]
# In the user agent of every request, so that publishers can write to you.
contact = {contact}
"""


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c for c in escaped if c >= " " and c != "\x7f") + '"'


def hide_password(url: str) -> str:
    """A database's address as it may be shown."""
    scheme, parts, rest = url.partition("://")
    user, at, host = rest.rpartition("@")
    return f"{scheme}{parts}{user.partition(':')[0]}{at}{host}" if at else url
