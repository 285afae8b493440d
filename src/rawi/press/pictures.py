"""The press's pictures: stylised scenes of our own, drawn when first asked for and kept in memory."""

import io
import zlib
from collections.abc import Callable
from functools import lru_cache
from random import Random

from rawi.press.scenes import land, rooms, water
from rawi.press.scenes.brush import DAWN, DAY, DUSK, HEIGHT, NIGHT, NOON, STORM, WIDTH, Canvas, Light

SCENES: dict[str, tuple[Callable[[Canvas], None], tuple[Light, ...]]] = {
    "bank": (land.bank, (DAY, DUSK, DAWN)),
    "bridge": (water.bridge, (DAY, DAWN, DUSK, NOON)),
    "coral": (water.coral, (DAY,)),
    "courtroom": (rooms.courtroom, (DAY, DAWN, NOON)),
    "dam": (water.dam, (DAY, NOON, DAWN)),
    "desert-solar": (land.desert_solar, (NOON, DAY, DUSK)),
    "factory": (land.factory, (DAY, DUSK, DAWN)),
    "ferry-night": (water.ferry_night, (NIGHT,)),
    "harbour": (water.harbour, (DAY, DAWN, DUSK)),
    "hospital": (land.hospital, (DAY, NIGHT, DUSK)),
    "library": (rooms.library, (DAY, DUSK, NOON)),
    "lighthouse": (water.lighthouse, (DUSK, DAY, NIGHT, DAWN)),
    "market": (rooms.market, (NOON, DAY, DAWN)),
    "museum": (rooms.museum, (DAY,)),
    "orchard": (land.orchard, (DAY, DAWN, NOON)),
    "parliament": (land.parliament, (DAY, DUSK, DAWN, NOON)),
    "school": (land.school, (DAY, DAWN, NOON)),
    "stadium": (land.stadium, (NIGHT, DUSK, DAY)),
    "storm-sea": (water.storm_sea, (STORM,)),
    "train": (land.train, (DAY, DUSK, DAWN)),
}
"""Each picture's key: the scene, and the lights it may be seen in."""

KEYS = frozenset(SCENES)
SIZE = (WIDTH, HEIGHT)
MEDIA_TYPE = "image/jpeg"
HEAVIEST = 80_000
"""Bytes that a picture should not weigh more than."""


@lru_cache(maxsize=256)
def draw(key: str, seed: str) -> bytes:
    """The picture of a key as JPEG; another seed gives another view of the same kind of place."""
    return _encoded(paint(key, seed))


def paint(key: str, seed: str) -> Canvas:
    """The scene on its canvas, before it is finished."""
    scene, lights = SCENES[key]
    rng = Random(zlib.crc32(f"{key} {seed}".encode()))  # noqa: S311  a picture is no secret
    canvas = Canvas(rng.choice(lights), rng)
    scene(canvas)
    return canvas


def _encoded(canvas: Canvas) -> bytes:
    image = canvas.finished(flip=canvas.rng.random() < 0.5)
    for quality in (72, 62, 52, 42):
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= HEAVIEST:
            break
    return out.getvalue()
