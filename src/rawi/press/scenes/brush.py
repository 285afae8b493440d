"""Brushes: a canvas of 1200 by 675 units on which scenes are painted in layers, far to near.

Everything is drawn at twice the size and halved at the end, which smooths the edges. Chance comes only from `rng`,
so that the same seed gives the same picture.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1200, 675
SCALE = 2

Colour = tuple[int, int, int]
Point = tuple[float, float]


@dataclass(frozen=True)
class Light:
    """The colours of an hour of the day."""

    top: Colour
    middle: Colour
    low: Colour
    sun: Colour
    far: Colour
    mid: Colour
    near: Colour
    water: Colour
    deep: Colour
    lamp: Colour = (255, 214, 138)
    is_dark: bool = False


DAWN = Light(
    (72, 92, 140), (222, 158, 150), (252, 214, 170), (255, 240, 205),
    (158, 130, 148), (98, 88, 116), (44, 46, 70), (206, 160, 150), (58, 74, 108),
)  # fmt: skip
DAY = Light(
    (70, 140, 196), (148, 196, 222), (226, 236, 226), (255, 250, 226),
    (142, 172, 178), (92, 130, 128), (44, 76, 82), (96, 170, 188), (26, 92, 126),
)  # fmt: skip
NOON = Light(
    (96, 158, 190), (190, 208, 196), (246, 228, 186), (255, 246, 214),
    (206, 180, 142), (178, 140, 100), (110, 78, 58), (110, 176, 176), (30, 104, 122),
)  # fmt: skip
DUSK = Light(
    (48, 40, 92), (188, 88, 104), (250, 176, 104), (255, 222, 150),
    (134, 76, 108), (84, 52, 92), (34, 26, 54), (216, 124, 104), (52, 38, 82), is_dark=True,
)  # fmt: skip
NIGHT = Light(
    (10, 16, 40), (24, 42, 80), (62, 84, 120), (236, 236, 214),
    (32, 48, 82), (20, 32, 58), (8, 14, 30), (38, 60, 96), (8, 16, 36), is_dark=True,
)  # fmt: skip
STORM = Light(
    (44, 52, 62), (88, 100, 108), (156, 164, 158), (214, 218, 204),
    (86, 98, 104), (58, 70, 78), (26, 34, 42), (92, 112, 116), (26, 42, 52), is_dark=True,
)  # fmt: skip


def mix(a: Colour, b: Colour, share: float) -> Colour:
    """A colour between two: `a` at 0, `b` at 1."""
    red, green, blue = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return red, green, blue


class Canvas:
    """Something to paint on, with a light and a source of chance."""

    def __init__(self, light: Light, rng: Random) -> None:
        self.light = light
        self.rng = rng
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE))
        self.pen = ImageDraw.Draw(self.image)

    # -------------------------------------------------------------------------------------- plain shapes

    def polygon(self, points: Iterable[Point], colour: Colour) -> None:
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=colour)

    def box(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        if width > 0 and height > 0:
            self.pen.rectangle((x * SCALE, y * SCALE, (x + width) * SCALE - 1, (y + height) * SCALE - 1), fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: Colour, flat: float = 1) -> None:
        """A disc; `flat` squeezes its height."""
        edges = (x - radius, y - radius * flat, x + radius, y + radius * flat)
        self.pen.ellipse([edge * SCALE for edge in edges], fill=colour)

    def line(self, points: Sequence[Point], colour: Colour, width: float = 1) -> None:
        self.pen.line(
            [(x * SCALE, y * SCALE) for x, y in points], fill=colour, width=max(1, round(width * SCALE)), joint="curve"
        )

    def arch(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """An opening with a round top; (x, y) is the top left corner of its box."""
        radius = width / 2
        self.disc(x + radius, y + radius, radius, colour)
        self.box(x, y + radius, width, height - radius, colour)

    # ------------------------------------------------------------------------------------- light and air

    def gradient(self, y0: float, y1: float, colours: Sequence[Colour]) -> None:
        """A band over the whole width that runs through these colours."""
        height = round((y1 - y0) * SCALE)
        column = Image.new("RGB", (1, max(2, height)))
        steps = len(colours) - 1
        for y in range(column.height):
            at = y / (column.height - 1) * steps
            below = min(int(at), steps - 1)
            column.putpixel((0, y), mix(colours[below], colours[below + 1], at - below))
        self.image.paste(column.resize((WIDTH * SCALE, column.height)), (0, round(y0 * SCALE)))

    def sky(self, horizon: float) -> None:
        light = self.light
        self.gradient(0, horizon + 2, [light.top, light.middle, light.low])
        if light.is_dark and light.top[0] < 20:
            self.stars(horizon)

    def stars(self, horizon: float) -> None:
        for _ in range(150):
            x, y = self.rng.uniform(0, WIDTH), self.rng.uniform(0, horizon * 0.8) * self.rng.random()
            self.disc(x, y, self.rng.choice((0.6, 0.8, 1.3)), mix(self.light.top, (255, 255, 240), self.rng.random()))

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float = 0.6, flat: float = 1) -> None:
        """Light that fades outwards."""
        size = (max(2, round(2 * radius * SCALE)), max(2, round(2 * radius * flat * SCALE)))
        self.image.paste(
            colour, (round((x - radius) * SCALE), round((y - radius * flat) * SCALE)), _fade(size, strength)
        )

    def sun(self, x: float, y: float, radius: float) -> None:
        self.glow(x, y, radius * 8, self.light.sun, 0.5)
        self.glow(x, y, radius * 2.6, self.light.sun, 0.6)
        self.disc(x, y, radius, self.light.sun)

    def haze(self, y0: float, y1: float, colour: Colour, strength: float) -> None:
        """Mist that grows from nothing at `y0` to `strength` at `y1`."""
        height = max(2, round((y1 - y0) * SCALE))
        mask = Image.linear_gradient("L").point([round(v * strength) for v in range(256)])
        self.image.paste(colour, (0, round(y0 * SCALE)), mask.resize((WIDTH * SCALE, height)))

    def soft(
        self, shapes: Iterable[tuple[float, float, float, float]], colour: Colour, blur: float, share: float
    ) -> None:
        """Blurred ellipses (x, y, half width, half height), as of clouds, smoke and shadow."""
        small = 4  # a blurred mask needs few pixels
        mask = Image.new("L", (WIDTH // small, HEIGHT // small))
        pen = ImageDraw.Draw(mask)
        for x, y, wide, high in shapes:
            pen.ellipse([v / small for v in (x - wide, y - high, x + wide, y + high)], fill=round(255 * share))
        mask = mask.filter(ImageFilter.GaussianBlur(blur / small)).resize(self.image.size, Image.Resampling.BICUBIC)
        self.image.paste(colour, (0, 0), mask)

    def beam(self, points: Sequence[Point], colour: Colour, share: float) -> None:
        """A clear shaft of light, strongest at the first point."""
        mask = Image.new("L", (WIDTH, HEIGHT))
        ImageDraw.Draw(mask).polygon(list(points), fill=255)
        (x, y), reach = points[0], max(math.dist(points[0], point) for point in points)
        fade = Image.new("L", mask.size)
        size = (round(2 * reach), round(2 * reach))
        fade.paste(_fade(size, share), (round(x - reach), round(y - reach)))
        mask = ImageChops.multiply(mask.filter(ImageFilter.GaussianBlur(3)), fade)
        self.image.paste(colour, (0, 0), mask.resize(self.image.size, Image.Resampling.BILINEAR))

    def clouds(self, y0: float, y1: float, colour: Colour, count: int = 5, share: float = 0.6) -> None:
        shapes = []
        for _ in range(count):
            x, y, wide = self.rng.uniform(-50, WIDTH + 50), self.rng.uniform(y0, y1), self.rng.uniform(70, 190)
            for _ in range(6):
                step = self.rng.uniform(-1, 1)
                shapes.append((x + step * wide, y + abs(step) * 8 - 6, wide * (1.05 - abs(step)) * 0.7, wide * 0.09))
        self.soft(shapes, colour, 9, share)

    # --------------------------------------------------------------------------------- land, sea, the rest

    def ridge(self, y: float, height: float, colour: Colour, rough: float = 1, jag: float = 0) -> None:
        """Hills over the whole width, down to the lower edge."""
        phases = [self.rng.uniform(0, 6.3) for _ in range(5)]
        points: list[Point] = [(0, HEIGHT)]
        for x in range(0, WIDTH + 8, 8):
            wave = sum(math.sin(x / 200 * rough * 1.9**n + p) / 1.8**n for n, p in enumerate(phases))
            points.append((x, y - height * (0.5 + wave / 3.6) + self.rng.uniform(-jag, jag)))
        self.polygon([*points, (WIDTH, HEIGHT)], colour)

    def sea(self, y0: float, y1: float = HEIGHT, sun_x: float | None = None) -> None:
        """Water from the horizon down, with ripples and the sun's path on it."""
        light = self.light
        self.gradient(y0, y1, [mix(light.water, light.low, 0.4), light.water, light.deep])
        for _ in range(260):
            y = y0 + (y1 - y0) * self.rng.random() ** 1.6
            near = (y - y0) / (y1 - y0)
            x, half = self.rng.uniform(0, WIDTH), 6 + 50 * near * self.rng.random()
            tone = mix(light.water, light.deep, min(1, near + 0.25)) if self.rng.random() < 0.5 else light.water
            self.line([(x - half, y), (x + half, y)], mix(tone, light.low, 0.12), 0.5 + 1.6 * near)
        if sun_x is not None:
            self.glints(sun_x, y0, y1, light.sun)

    def glints(self, x: float, y0: float, y1: float, colour: Colour, spread: float = 1, count: int = 120) -> None:
        """The broken reflection of a light on water."""
        for _ in range(count):
            near = self.rng.random() ** 1.3
            y = y0 + 2 + (y1 - y0 - 2) * near
            at = x + self.rng.gauss(0, (6 + 46 * near) * spread)
            half = (2 + 16 * near) * self.rng.uniform(0.4, 1) * min(1, spread + 0.3)
            shade = mix(colour, self.light.water, 0.15 + 0.55 * near)
            self.line([(at - half, y), (at + half, y)], shade, 0.7 + 1.5 * near)

    def lamp(self, x: float, y: float, radius: float = 2, reach: float = 26) -> None:
        self.glow(x, y, reach, self.light.lamp, 0.55)
        self.disc(x, y, radius, mix(self.light.lamp, (255, 255, 255), 0.4))

    def windows(
        self, x: float, y: float, width: float, height: float, columns: int, rows: int, dark: Colour, lit: float = 0.4
    ) -> None:
        """A grid of windows; a share `lit` of them has light."""
        across, down = width / columns, height / rows
        for row in range(rows):
            for column in range(columns):
                colour = self.light.lamp if self.rng.random() < lit else dark
                self.box(
                    x + column * across + across * 0.22, y + row * down + down * 0.2, across * 0.56, down * 0.58, colour
                )

    def town(self, y: float, colour: Colour, tall: float = 60, gap: float = 0, lit: float = 0.3) -> None:
        """A row of flat-roofed houses with a few domes and towers, standing on `y`."""
        x = self.rng.uniform(-40, 0)
        while x < WIDTH:
            width, height = self.rng.uniform(26, 72), tall * self.rng.uniform(0.35, 1)
            shade = mix(colour, self.light.low, self.rng.uniform(0, 0.16))
            self.box(x, y - height, width, height + 2, shade)
            self._roof(x, y - height, width, shade)
            dark = mix(shade, (0, 0, 0), 0.22)
            if width > 34:
                self.windows(x + 4, y - height + 6, width - 8, min(height - 8, 40), int(width / 13), 2, dark, lit)
            x += width + self.rng.uniform(0, gap)

    def _roof(self, x: float, y: float, width: float, colour: Colour) -> None:
        chance = self.rng.random()
        if chance < 0.14:
            self.disc(x + width / 2, y, width * 0.36, colour)
        elif chance < 0.22:
            self.box(x + width * 0.4, y - 46, 9, 48, colour)
            self.polygon(
                [(x + width * 0.4 - 3, y - 44), (x + width * 0.4 + 4.5, y - 64), (x + width * 0.4 + 12, y - 44)], colour
            )
        elif chance < 0.6:
            self.box(x + width * 0.2, y - 8, width * 0.3, 10, colour)

    def person(self, x: float, y: float, height: float, colour: Colour, stride: float = 0.1) -> None:
        """A figure that stands on `y`."""
        head, wide = height * 0.075, height * 0.13
        top = y - height
        skirt = self.rng.random() < 0.35
        self.disc(x, top + head, head, colour)
        self.polygon(
            [
                (x - wide, top + height * 0.24),
                (x - wide * 0.5, top + height * 0.165),
                (x + wide * 0.5, top + height * 0.165),
                (x + wide, top + height * 0.24),
                (x + wide * 0.85, top + height * 0.56),
                (x - wide * 0.85, top + height * 0.56),
            ],
            colour,
        )  # fmt: skip
        if skirt:
            self.polygon(
                [
                    (x - wide * 0.8, top + height * 0.5),
                    (x + wide * 0.8, top + height * 0.5),
                    (x + wide, y),
                    (x - wide, y),
                ],
                colour,
            )
            return
        step = height * stride * self.rng.uniform(0.3, 1)
        for foot in (-step, step):
            self.line([(x + foot * 0.3, top + height * 0.52), (x + foot, y)], colour, height * 0.075)

    def crowd(self, y: float, height: float, colour: Colour, count: int, x0: float = 0, x1: float = WIDTH) -> None:
        for _ in range(count):
            self.person(
                self.rng.uniform(x0, x1), y + self.rng.uniform(-4, 8), height * self.rng.uniform(0.86, 1.08), colour
            )

    def palm(self, x: float, y: float, height: float, colour: Colour) -> None:
        lean = self.rng.uniform(-0.14, 0.14) * height
        stem = [(x + lean * t * t, y - height * t) for t in (0, 0.25, 0.5, 0.75, 1)]
        self.line(stem, colour, height * 0.04)
        tip_x, tip_y = stem[-1]
        for angle in range(-20, 210, 19):
            reach = height * self.rng.uniform(0.34, 0.44)
            turn = math.radians(angle + self.rng.uniform(-8, 8))
            rise, droop = math.sin(turn) * reach * 0.6, reach * 0.5
            for part in range(8):
                near, far = part / 8, (part + 1) / 8
                ends = [(tip_x + math.cos(turn) * reach * t, tip_y - rise * t + droop * t * t) for t in (near, far)]
                self.line(ends, colour, height * 0.05 * (1 - near) ** 0.7)

    def tree(self, x: float, y: float, size: float, crown: Colour, trunk: Colour) -> None:
        """A round-crowned tree, as olives and oranges are."""
        self.polygon(
            [
                (x - size * 0.06, y),
                (x - size * 0.03, y - size * 0.5),
                (x + size * 0.04, y - size * 0.5),
                (x + size * 0.08, y),
            ],
            trunk,
        )
        count = 14 if size < 160 else 60
        for n in range(count):
            high = 1 - n / count  # the lower leaves first, the lit ones above them last
            at_x = x + self.rng.gauss(0, size * 0.17)
            at_y = y - size * (0.86 - 0.34 * high) + self.rng.gauss(0, size * 0.05)
            radius = size * self.rng.uniform(0.09, 0.15) * (1.4 if size < 160 else 1)
            self.disc(at_x, at_y, radius, mix(crown, self.light.sun, (1 - high) * self.rng.uniform(0.05, 0.3)))

    def birds(self, count: int, y0: float, y1: float, colour: Colour) -> None:
        for _ in range(count):
            x, y, wing = self.rng.uniform(80, WIDTH - 80), self.rng.uniform(y0, y1), self.rng.uniform(5, 12)
            self.line(
                [
                    (x - wing, y - wing * 0.4),
                    (x - wing * 0.4, y - wing * 0.6),
                    (x, y),
                    (x + wing * 0.4, y - wing * 0.6),
                    (x + wing, y - wing * 0.4),
                ],
                colour,
                1.4,
            )

    def sailboat(self, x: float, y: float, size: float, hull: Colour, sail: Colour) -> None:
        self.polygon(
            [
                (x - size * 0.5, y - size * 0.16),
                (x + size * 0.55, y - size * 0.2),
                (x + size * 0.36, y),
                (x - size * 0.38, y),
            ],
            hull,
        )
        self.line([(x, y - size * 0.14), (x, y - size * 1.05)], hull, size * 0.03)
        self.polygon(
            [
                (x - size * 0.04, y - size * 0.24),
                (x - size * 0.02, y - size * 1.05),
                (x - size * 0.48, y - size * 0.28),
            ],
            sail,
        )
        self.polygon(
            [(x + size * 0.05, y - size * 0.26), (x + size * 0.02, y - size * 0.95), (x + size * 0.42, y - size * 0.3)],
            mix(sail, hull, 0.18),
        )

    # -------------------------------------------------------------------------------------------- the end

    def finished(self, flip: bool) -> Image.Image:
        """The picture at its final size, its corners a little darker, with the grain of print."""
        image = self.image.reduce(SCALE)
        if flip:
            image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        edge = Image.radial_gradient("L").point([round(max(0, v - 110) * 0.42) for v in range(256)])
        image.paste((8, 10, 20), (0, 0), edge.resize(image.size, Image.Resampling.BICUBIC))
        tile = Image.frombytes("L", (150, 135), self.rng.randbytes(150 * 135)).point(
            [121 + v // 18 for v in range(256)]
        )
        grain = Image.new("L", image.size)
        for x in range(0, WIDTH, tile.width):
            for y in range(0, HEIGHT, tile.height):
                grain.paste(tile, (x, y))
        return ImageChops.overlay(image, Image.merge("RGB", (grain, grain, grain)))


def _fade(size: tuple[int, int], strength: float) -> Image.Image:
    """A mask, full in the middle and nothing at the rim."""
    ring = Image.radial_gradient("L").point([round(max(0, 1 - v / 180) ** 1.7 * 255 * strength) for v in range(256)])
    return ring.resize(size, Image.Resampling.BILINEAR)
