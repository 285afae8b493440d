"""Scenes at the water: the port, the ferry, the light, the storm, the reef, the river's dam and bridge."""

import math
from itertools import pairwise

from rawi.press.scenes.brush import HEIGHT, WIDTH, Canvas, Point, mix


def harbour(c: Canvas) -> None:
    """Port Amal: town on the hill, cranes, a freighter at the quay, boats before it."""
    light, rng = c.light, c.rng
    c.sky(330)
    sun_x = rng.uniform(700, 1050)
    c.sun(sun_x, rng.uniform(120, 230), 30)
    c.clouds(60, 200, mix(light.low, light.sun, 0.5), 4, 0.5)
    c.ridge(320, 110, light.far, 0.8)
    c.ridge(338, 60, mix(light.far, light.mid, 0.5), 1.2)
    c.town(352, mix(light.mid, light.low, 0.25), 58, 0, 0.35)
    c.sea(350, sun_x=sun_x)
    c.haze(300, 352, light.low, 0.3)
    for x in (rng.uniform(60, 110), rng.uniform(230, 280), rng.uniform(400, 450)):
        _crane(c, x, 392, rng.uniform(170, 215))
    _freighter(c, 120, 440, 560)
    c.box(0, 436, 90, 60, light.near)
    c.polygon([(0, 430), (150, 436), (150, 462), (0, 476)], light.near)
    for _ in range(3):
        x, size = rng.uniform(720, 1150), rng.uniform(70, 120)
        c.sailboat(x, 400 + size, size, light.near, mix(light.sun, light.low, 0.5))
        c.glints(x, 402 + size, 440 + size * 1.3, light.low, 0.3, 18)
    for _ in range(5):
        _dinghy(c, rng.uniform(200, 1100), rng.uniform(540, 640), rng.uniform(60, 110))
    c.birds(9, 60, 280, light.near)


def _crane(c: Canvas, x: float, y: float, height: float) -> None:
    colour = c.light.near
    for side in (0, 34):
        c.line([(x + side, y + 40), (x + side, y - height * 0.6)], colour, 5)
    for step in range(3):
        at = y - height * 0.6 + step * height * 0.25
        c.line([(x, at), (x + 34, at + height * 0.22)], colour, 2)
    c.box(x - 6, y - height * 0.66, 46, 14, colour)
    c.line([(x + 17, y - height * 0.6), (x + 17, y - height)], colour, 5)
    c.line([(x - 46, y - height * 0.64), (x + 150, y - height * 0.7)], colour, 5)
    c.line([(x + 17, y - height), (x + 146, y - height * 0.7)], colour, 1.5)
    c.line([(x + 17, y - height), (x - 44, y - height * 0.64)], colour, 1.5)
    hang = c.rng.uniform(70, 130)
    c.line([(x + hang, y - height * 0.68), (x + hang, y - height * 0.3)], colour, 1)
    c.box(x + hang - 14, y - height * 0.3, 28, 14, mix(colour, (190, 90, 60), 0.7))
    if c.light.is_dark:
        c.lamp(x + 17, y - height, 2, 22)


def _freighter(c: Canvas, x: float, y: float, length: float) -> None:
    light, rng = c.light, c.rng
    hull = mix(light.near, (120, 40, 36), 0.45)
    c.polygon([(x, y - 52), (x + length, y - 62), (x + length - 44, y), (x + 30, y)], hull)
    c.polygon(
        [(x + 18, y - 14), (x + length - 36, y - 14), (x + length - 44, y), (x + 30, y)], mix(hull, (170, 60, 44), 0.5)
    )
    paints = ((176, 86, 60), (58, 112, 122), (204, 168, 92), (96, 124, 88), (150, 150, 150))
    for column in range(9):
        for row in range(rng.randint(1, 4)):
            colour = mix(rng.choice(paints), light.near, 0.35)
            c.box(x + 128 + column * 42, y - 78 - row * 21, 39, 19, colour)
            c.box(x + 128 + column * 42, y - 62 - row * 21, 39, 3, mix(colour, light.near, 0.5))
    c.box(x + 28, y - 150, 74, 98, mix(light.sun, light.mid, 0.35))
    c.windows(x + 30, y - 144, 70, 64, 6, 4, light.near, 0.6 if light.is_dark else 0.1)
    c.box(x + 20, y - 158, 90, 12, mix(light.sun, light.mid, 0.2))
    c.box(x + 40, y - 190, 24, 34, hull)
    c.line([(x + 84, y - 156), (x + 84, y - 205)], light.near, 2)
    c.soft([(x + length / 2, y + 16, length / 2, 14)], light.deep, 12, 0.6)


def _dinghy(c: Canvas, x: float, y: float, size: float) -> None:
    paint = mix(c.rng.choice(((40, 96, 140), (196, 92, 60), (226, 216, 190))), c.light.near, 0.35)
    c.soft([(x, y + size * 0.06, size * 0.6, size * 0.07)], c.light.deep, 8, 0.6)
    c.polygon(
        [
            (x - size * 0.5, y - size * 0.2),
            (x + size * 0.52, y - size * 0.24),
            (x + size * 0.36, y),
            (x - size * 0.38, y),
        ],
        paint,
    )
    c.polygon(
        [
            (x - size * 0.44, y - size * 0.2),
            (x + size * 0.44, y - size * 0.22),
            (x + size * 0.3, y - size * 0.13),
            (x - size * 0.3, y - size * 0.13),
        ],
        mix(paint, c.light.near, 0.7),
    )
    c.line([(x + size * 0.1, y - size * 0.18), (x + size * 0.1, y - size * 0.7)], c.light.near, 1.6)


def ferry_night(c: Canvas) -> None:
    """A white ferry with its decks alight and a list, a rescue boat's beam upon it."""
    light, rng = c.light, c.rng
    c.sky(300)
    moon = rng.uniform(150, 420)
    c.sun(moon, rng.uniform(70, 130), 22)
    c.clouds(90, 240, mix(light.middle, light.low, 0.4), 5, 0.5)
    c.ridge(302, 30, light.far, 0.7)
    for _ in range(40):
        c.disc(rng.uniform(760, 1200), rng.uniform(288, 300), 1.2, light.lamp)
    c.sea(300, sun_x=moon)
    x, y, tilt = rng.uniform(420, 500), 440.0, rng.uniform(0.015, 0.04)
    _ferry(c, x, y, 520, tilt)
    c.glints(x + 260, y + 8, 620, light.lamp, 2.6, 200)
    boat_x = rng.uniform(170, 250)
    c.beam([(boat_x + 44, 476), (x + 60, y - 130), (x + 190, y - 10)], light.lamp, 0.34)
    _launch(c, boat_x, 510, 120)
    _launch(c, rng.uniform(1000, 1080), 560, 150)


def _ferry(c: Canvas, x: float, y: float, length: float, tilt: float) -> None:
    light = c.light
    white = mix(light.near, (226, 232, 240), 0.66)

    def at(along: float, up: float) -> Point:
        return x + along * length - up * tilt, y - up + (along - 0.5) * length * tilt * 1.5

    c.polygon([at(0, 70), at(1.04, 78), at(0.94, 0), at(0.04, 0)], mix(light.near, (40, 70, 120), 0.6))
    c.polygon([at(0.01, 70), at(1.03, 78), at(1.02, 64), at(0.012, 58)], white)
    for deck in range(3):
        start, end, base = 0.04 + deck * 0.05, 0.9 - deck * 0.1, 72 + deck * 34
        c.polygon(
            [at(start, base), at(end, base), at(end - 0.02, base + 33), at(start, base + 33)],
            mix(white, light.near, deck * 0.07),
        )
        for n in range(22 - deck * 3):
            along = start + 0.025 + n * (end - start - 0.05) / (22 - deck * 3)
            colour = light.lamp if c.rng.random() < 0.82 else light.near
            c.polygon(
                [at(along, base + 9), at(along + 0.018, base + 9), at(along + 0.018, base + 23), at(along, base + 23)],
                colour,
            )
    c.polygon([at(0.3, 174), at(0.4, 174), at(0.39, 226), at(0.31, 226)], mix(light.near, (176, 60, 50), 0.75))
    c.polygon([at(0.62, 174), at(0.75, 174), at(0.73, 200), at(0.63, 200)], white)
    c.line([at(0.68, 200), at(0.68, 262)], white, 3)
    c.lamp(*at(0.68, 262), 3, 40)
    c.glow(*at(0.45, 110), 260, light.lamp, 0.22, 0.5)


def _launch(c: Canvas, x: float, y: float, size: float) -> None:
    light = c.light
    orange = mix(light.near, (226, 96, 40), 0.78)
    c.polygon(
        [
            (x - size * 0.5, y - size * 0.2),
            (x + size * 0.55, y - size * 0.26),
            (x + size * 0.4, y),
            (x - size * 0.44, y),
        ],
        orange,
    )
    c.box(x - size * 0.2, y - size * 0.44, size * 0.36, size * 0.24, mix(light.near, (230, 230, 230), 0.6))
    c.windows(x - size * 0.18, y - size * 0.42, size * 0.32, size * 0.13, 3, 1, light.near, 0.7)
    c.line([(x, y - size * 0.44), (x, y - size * 0.74)], light.near, 2)
    c.glow(x, y - size * 0.74, 46, (90, 150, 255), 0.7)
    c.disc(x, y - size * 0.74, 3, (200, 225, 255))
    c.lamp(x + size * 0.36, y - size * 0.28, 2.5, 34)
    c.glints(x, y + 4, y + 60, light.lamp, 0.5, 24)


def lighthouse(c: Canvas) -> None:
    """The light of Ras Lina on its rock."""
    light, rng = c.light, c.rng
    c.sky(420)
    sun_x = rng.uniform(120, 420)
    c.sun(sun_x, rng.uniform(250, 360), 34)
    c.clouds(80, 280, mix(light.low, light.sun, 0.4), 6, 0.55)
    c.ridge(424, 40, light.far, 0.5)
    c.sea(420, sun_x=sun_x)
    x = rng.uniform(760, 860)
    if light.is_dark:
        c.beam([(x, 150), (-20, 50), (-20, 200)], light.lamp, 0.34)
        c.glow(x, 146, 240, light.lamp, 0.5)
    rock = [
        (x - 330, HEIGHT),
        (x - 260, 560),
        (x - 190, 540),
        (x - 130, 486),
        (x - 60, 470),
        (x + 90, 462),
        (x + 190, 492),
    ]
    rock += [(x + 260, 470), (WIDTH, 430), (WIDTH, HEIGHT)]
    c.polygon(rock, light.near)
    c.polygon(
        [(x - 130, 486), (x - 60, 470), (x + 90, 462), (x + 10, 520), (x - 120, 560), (x - 190, 540)],
        mix(light.near, light.mid, 0.6),
    )
    _tower(c, x, 470)
    house = mix(light.sun, light.mid, 0.45)
    c.box(x + 50, 418, 120, 54, house)
    c.polygon([(x + 42, 420), (x + 110, 386), (x + 178, 420)], mix((168, 74, 52), light.near, 0.3))
    c.windows(x + 58, 430, 104, 26, 4, 1, light.near, 0.5)
    for _ in range(14):
        foam_x = rng.uniform(x - 360, x - 170)
        c.soft([(foam_x, rng.uniform(560, 650), 26, 5)], (240, 246, 246), 5, 0.4)
    c.birds(8, 120, 300, light.near)


def _tower(c: Canvas, x: float, y: float) -> None:
    light = c.light
    white, red = mix(light.sun, light.mid, 0.25), mix((176, 52, 44), light.near, 0.15)
    for band in range(6):
        y0, y1 = y - 48 * band, y - 48 * (band + 1)
        w0, w1 = 38 - band * 2.6, 38 - (band + 1) * 2.6
        c.polygon([(x - w0, y0), (x + w0, y0), (x + w1, y1), (x - w1, y1)], red if band % 2 else white)
        c.polygon(
            [(x + w0 * 0.3, y0), (x + w0, y0), (x + w1, y1), (x + w1 * 0.3, y1)],
            mix(red if band % 2 else white, light.near, 0.3),
        )
    top = y - 288
    c.box(x - 32, top - 4, 64, 8, light.near)
    c.box(x - 17, top - 40, 34, 38, light.lamp)
    for bar in (-17, -6, 5, 15):
        c.box(x + bar, top - 40, 2, 38, light.near)
    c.disc(x, top - 40, 21, light.near, 0.7)
    c.line([(x, top - 52), (x, top - 78)], light.near, 2)
    c.lamp(x, top - 20, 9, 70)


def storm_sea(c: Canvas) -> None:
    """High waves, rain, and one small boat."""
    light, rng = c.light, c.rng
    c.sky(360)
    c.glow(rng.uniform(300, 900), 330, 420, light.low, 0.6, 0.5)
    c.clouds(20, 150, mix(light.top, (10, 12, 18), 0.5), 9, 0.75)
    c.clouds(120, 240, light.top, 6, 0.6)
    for layer in range(6):
        share = layer / 5
        y = 356.0 + layer * 54
        colour = mix(mix(light.water, light.low, 0.3), light.deep, share)
        if layer == 3:
            _fishing_boat(c, rng.uniform(380, 800), y - 18)
        _wave(c, y, 18 + layer * 13, colour)
    for _ in range(260):
        x, y, fall = rng.uniform(-60, WIDTH), rng.uniform(-40, HEIGHT), rng.uniform(16, 46)
        c.line([(x, y), (x - fall * 0.35, y + fall)], mix(light.low, light.middle, rng.uniform(0.3, 0.8)), 0.7)


def _wave(c: Canvas, y: float, height: float, colour: tuple[int, int, int]) -> None:
    phase, length = c.rng.uniform(0, 6), 120 + height * 3.4
    crest: list[Point] = []
    for x in range(0, WIDTH + 6, 6):
        turn = x / length * 3.1 + phase
        crest.append((x, y - height * (abs(math.sin(turn)) ** 1.5) + 5 * math.sin(x / 37 + phase)))
    c.polygon([(0, HEIGHT), *crest, (WIDTH, HEIGHT)], colour)
    foam = mix(colour, (236, 242, 240), 0.75)
    for before, after in pairwise(crest):
        if before[1] < y - height * 0.62:
            c.line([before, after], foam, 1 + height / 22)
    for _ in range(60):
        at, near = c.rng.choice(crest)
        c.line(
            [(at - 12, near + c.rng.uniform(10, height * 1.4)), (at + 14, near + c.rng.uniform(8, height * 1.4))],
            mix(colour, foam, 0.18),
            1,
        )


def _fishing_boat(c: Canvas, x: float, y: float) -> None:
    light = c.light
    c.polygon(
        [(x - 70, y - 30), (x + 84, y - 52), (x + 56, y + 14), (x - 52, y + 16)], mix(light.near, (40, 90, 130), 0.5)
    )
    c.polygon([(x - 44, y - 72), (x + 4, y - 78), (x + 6, y - 38), (x - 44, y - 32)], mix(light.low, light.mid, 0.3))
    c.windows(x - 40, y - 70, 40, 22, 2, 1, light.near, 1)
    c.line([(x + 20, y - 40), (x + 8, y - 140)], light.near, 3)
    c.line([(x + 10, y - 120), (x + 82, y - 54)], light.near, 1)
    c.lamp(x + 8, y - 140, 3, 60)


def coral(c: Canvas) -> None:
    """A reef under water: shafts of light, branching corals, a shoal, a diver."""
    rng = c.rng
    top, deep = rng.choice(
        (((124, 214, 216), (6, 52, 92)), ((150, 220, 200), (10, 62, 84)), ((96, 190, 226), (14, 34, 92)))
    )
    c.gradient(0, HEIGHT, [top, mix(top, deep, 0.55), deep])
    for _ in range(9):
        x = rng.uniform(50, 1100)
        wide = rng.uniform(20, 60)
        c.soft(
            [(x + n * 26, 40 + n * 60, wide * (1 - n * 0.07), 46) for n in range(8)],
            mix(top, (255, 255, 255), 0.5),
            26,
            0.14,
        )
    c.ridge(560, 90, mix(deep, top, 0.22), 1.3, 3)
    for _ in range(16):
        _fan(
            c,
            rng.uniform(0, WIDTH),
            560,
            rng.uniform(50, 110),
            mix(deep, rng.choice(((226, 120, 110), (220, 180, 110))), 0.35),
        )
    for _ in range(70):
        _fish(c, rng.gauss(rng.choice((380, 420)), 170), rng.gauss(250, 60), rng.uniform(5, 10), mix(top, deep, 0.75))
    _diver(c, rng.uniform(760, 900), rng.uniform(230, 300), mix(deep, (0, 8, 18), 0.6))
    c.ridge(630, 70, mix(deep, (0, 10, 20), 0.35), 1.8, 3)
    paints = ((232, 96, 92), (244, 162, 96), (222, 120, 168), (246, 206, 120), (150, 110, 190))
    for _ in range(26):
        _fan(
            c,
            rng.uniform(0, WIDTH),
            rng.uniform(630, 670),
            rng.uniform(70, 170),
            mix(rng.choice(paints), deep, rng.uniform(0, 0.3)),
        )
    for _ in range(9):
        _fish(
            c,
            rng.uniform(120, 1080),
            rng.uniform(420, 560),
            rng.uniform(14, 24),
            mix(rng.choice(paints), (255, 240, 200), 0.3),
        )


def _fan(c: Canvas, x: float, y: float, size: float, colour: tuple[int, int, int]) -> None:
    if c.rng.random() < 0.3:
        c.disc(x, y, size * 0.42, colour, 0.7)
        for _ in range(12):
            c.disc(
                x + c.rng.gauss(0, size * 0.18),
                y - size * 0.12 + c.rng.gauss(0, size * 0.08),
                size * 0.03,
                mix(colour, (255, 255, 255), 0.25),
            )
        return

    def branch(x: float, y: float, angle: float, reach: float, depth: int) -> None:
        end_x, end_y = x + math.cos(angle) * reach, y - math.sin(angle) * reach
        c.line([(x, y), (end_x, end_y)], colour, 2 + depth * 1.7)
        c.disc(end_x, end_y, 1 + depth * 0.8, colour)
        if depth:
            for turn in (-0.5, 0.05, 0.5):
                branch(end_x, end_y, angle + turn + c.rng.uniform(-0.16, 0.16), reach * 0.68, depth - 1)

    branch(x, y, math.pi / 2 + c.rng.uniform(-0.25, 0.25), size * 0.36, 3)


def _fish(c: Canvas, x: float, y: float, size: float, colour: tuple[int, int, int]) -> None:
    c.disc(x, y, size, colour, 0.45)
    c.polygon([(x - size * 0.8, y), (x - size * 1.6, y - size * 0.5), (x - size * 1.6, y + size * 0.5)], colour)
    if size > 12:
        c.disc(x + size * 0.5, y - size * 0.1, size * 0.12, (20, 24, 30))


def _diver(c: Canvas, x: float, y: float, colour: tuple[int, int, int]) -> None:
    c.line([(x - 70, y + 22), (x - 20, y + 6), (x + 24, y)], colour, 17)
    c.disc(x + 40, y - 4, 13, colour)
    c.line([(x - 20, y - 10), (x + 16, y - 16)], mix(colour, (230, 200, 80), 0.6), 12)
    c.line([(x + 16, y + 6), (x + 62, y + 30)], colour, 7)
    c.line([(x - 70, y + 22), (x - 116, y + 22), (x - 150, y + 34)], colour, 9)
    c.line([(x - 66, y + 26), (x - 108, y + 48), (x - 140, y + 66)], colour, 9)
    for n in range(7):
        c.disc(x + 46 + c.rng.uniform(-8, 8), y - 30 - n * 24, 2 + n * 0.8, mix(colour, (220, 245, 250), 0.7))


def bridge(c: Canvas) -> None:
    """The old stone bridge over the Wadi Nour."""
    light, rng = c.light, c.rng
    c.sky(330)
    sun_x = rng.uniform(200, 1000)
    c.sun(sun_x, rng.uniform(110, 220), 28)
    c.clouds(60, 220, mix(light.low, light.sun, 0.5), 5, 0.5)
    c.ridge(330, 130, light.far, 0.8)
    c.ridge(350, 70, mix(light.far, light.mid, 0.6), 1.1)
    c.town(380, mix(light.mid, light.low, 0.2), 74, 4, 0.35)
    c.sea(430, sun_x=sun_x)
    stone, shade = mix(light.mid, (196, 164, 124), 0.5), mix(light.near, (120, 90, 70), 0.3)
    c.polygon([(0, 330), (600, 286), (WIDTH, 330), (WIDTH, 470), (0, 470)], stone)
    for n in range(5):
        x, wide = 50.0 + n * 230, 180
        rise = 120 - abs(n - 2) * 12
        c.arch(x, 470 - rise, wide, rise + 30, mix(light.water, light.low, 0.3))
        c.arch(x + 16, 470 - rise + 22, wide - 16, rise + 10, mix(light.mid, light.low, 0.5))
    c.sea(462, sun_x=sun_x)
    for n in range(6):
        x = 4 + n * 230
        c.polygon([(x, 470), (x + 46, 470), (x + 34, 408), (x + 12, 408)], shade)
        c.soft([(x + 24, 505, 34, 36)], light.deep, 12, 0.55)
    for row in range(3):
        for x in range(0, WIDTH, 46):
            c.line([(x + row * 20, 352 + row * 22), (x + row * 20 + 26, 352 + row * 22)], mix(stone, shade, 0.35), 1)
    c.line([(0, 328), (600, 284), (WIDTH, 328)], shade, 9)
    for _ in range(9):
        x = rng.uniform(120, 1080)
        c.person(x, 328 - (1 - abs(x - 600) / 600) * 44, 42, light.near)
    c.ridge(672, 42, light.near, 2.2, 5)
    for _ in range(40):
        x = rng.uniform(0, WIDTH)
        c.line([(x, HEIGHT), (x + rng.uniform(-14, 14), HEIGHT - rng.uniform(30, 100))], light.near, 2)


def dam(c: Canvas) -> None:
    """The wall across the Wadi Nour, and what is left of the water."""
    light, rng = c.light, c.rng
    c.sky(260)
    c.sun(rng.uniform(150, 1000), rng.uniform(70, 130), 26)
    c.clouds(40, 150, mix(light.low, light.sun, 0.5), 4, 0.5)
    c.ridge(262, 150, light.far, 0.7)
    c.ridge(285, 80, mix(light.far, light.mid, 0.5), 1.3, 2)
    c.gradient(282, 330, [mix(light.water, light.low, 0.4), light.water])
    concrete = mix(light.low, (170, 164, 152), 0.6)
    crest = [(220 + n * 19, 318 + 26 * math.sin(n / 40 * math.pi)) for n in range(41)]
    foot = [(310 + n * 14.5, 560 + 34 * math.sin(n / 40 * math.pi)) for n in range(41)]
    c.polygon([*crest, *reversed(foot)], concrete)
    for n in range(40):
        shade = mix(concrete, light.near, 0.08 + 0.34 * abs(math.sin(n / 40 * math.pi * 0.9 + 0.4)))
        c.polygon([crest[n], crest[n + 1], foot[n + 1], foot[n]], shade)
    for level in range(1, 7):
        row = [
            (a[0] + (b[0] - a[0]) * level / 7, a[1] + (b[1] - a[1]) * level / 7)
            for a, b in zip(crest, foot, strict=True)
        ]
        c.line(row, mix(concrete, light.near, 0.35), 1)
    c.line(crest, mix(concrete, light.sun, 0.4), 8)
    for n in range(4, 38, 4):
        c.line([crest[n], (crest[n][0], crest[n][1] - 22)], light.near, 1.5)
        if light.is_dark:
            c.lamp(crest[n][0], crest[n][1] - 22, 1.6, 18)
    for n in (17, 20, 23):
        x, y = crest[n]
        c.box(x - 9, y + 6, 18, 26, light.near)
        c.soft([(x, y + 40 + k * 26, 10 + k * 3, 20) for k in range(9)], (244, 250, 250), 4, 0.75)
    c.soft([(x, 600, 70, 26) for x in (540, 600, 660)], (246, 250, 250), 16, 0.8)
    c.polygon([(0, 250), (160, 290), (300, 420), (360, 560), (420, HEIGHT), (0, HEIGHT)], light.mid)
    c.polygon([(0, 330), (110, 380), (230, 520), (280, HEIGHT), (0, HEIGHT)], light.near)
    c.polygon(
        [(WIDTH, 230), (1060, 280), (920, 420), (850, 560), (790, HEIGHT), (WIDTH, HEIGHT)],
        mix(light.mid, light.near, 0.3),
    )
    c.polygon([(WIDTH, 360), (1080, 430), (960, 560), (920, HEIGHT), (WIDTH, HEIGHT)], light.near)
    c.gradient(632, HEIGHT, [light.water, light.deep])
    for side in (
        [(0, 560), (360, 610), (460, HEIGHT), (0, HEIGHT)],
        [(WIDTH, 560), (850, 610), (740, HEIGHT), (WIDTH, HEIGHT)],
    ):
        c.polygon(side, light.near)
    for _ in range(12):
        c.tree(
            rng.choice((rng.uniform(0, 250), rng.uniform(960, 1190))),
            rng.uniform(560, 660),
            rng.uniform(30, 60),
            mix(light.near, (70, 110, 60), 0.4),
            light.near,
        )
