"""Scenes indoors and under awnings: library, court, museum, market."""

from rawi.press.scenes.brush import HEIGHT, WIDTH, Canvas, Colour, mix

BOOKS: tuple[Colour, ...] = ((150, 62, 52), (44, 84, 110), (196, 150, 84), (70, 98, 70), (112, 72, 98), (216, 198, 164))


def library(c: Canvas) -> None:
    """Shelves to the ceiling, a tall window, readers at a long table."""
    rng = c.rng
    wood = rng.choice(((104, 66, 42), (88, 58, 48), (120, 84, 54)))
    dark, day = mix(wood, (0, 0, 0), 0.6), mix(c.light.sun, c.light.low, 0.4)
    c.gradient(0, HEIGHT, [mix(wood, (0, 0, 0), 0.45), mix(wood, (0, 0, 0), 0.2), dark])
    x = 0.0
    while x < WIDTH:
        wide = rng.uniform(118, 140)
        if not 470 < x + wide / 2 < 730:
            _shelf(c, x, 40, wide, 480, wood, dark)
        x += wide
    c.box(452, 0, 296, 540, mix(wood, (0, 0, 0), 0.15))
    c.arch(486, 30, 228, 480, mix(c.light.middle, day, 0.5))
    c.arch(500, 46, 200, 460, day)
    c.soft([(600, 430, 90, 60)], c.light.far, 26, 0.6)
    for bar in (546, 598, 650):
        c.box(bar, 40, 5, 470, dark)
    for bar in (150, 260, 370):
        c.box(498, bar, 204, 5, dark)
    for n in range(6):
        c.soft([(600 - k * 24 + n * 12, 140 + k * 70, 60, 60) for k in range(8)], day, 34, 0.05)
    c.gradient(520, HEIGHT, [mix(wood, (0, 0, 0), 0.3), mix(wood, (0, 0, 0), 0.65)])
    c.polygon([(420, 540), (780, 540), (960, HEIGHT), (240, HEIGHT)], mix(day, wood, 0.72))
    for n in range(5):
        at = 160 + n * 220 + rng.uniform(-30, 30)
        _reader(c, at, 560, rng.uniform(100, 116), mix(dark, rng.choice(BOOKS), 0.3))
    c.box(60, 556, 1080, 22, mix(wood, day, 0.3))
    c.box(60, 576, 1080, 8, dark)
    for at in (120, 1070):
        c.box(at, 580, 16, 95, dark)
    for n in range(4):
        at = 230 + n * 245
        c.line([(at, 556), (at, 516)], (186, 150, 80), 4)
        c.polygon([(at - 30, 516), (at + 30, 516), (at + 18, 494), (at - 18, 494)], (46, 112, 84))
        c.glow(at, 530, 90, (255, 226, 150), 0.5, 0.6)
        c.box(at + 40, 548, 44, 7, rng.choice(BOOKS))
        c.box(at + 44, 541, 38, 7, rng.choice(BOOKS))


def _shelf(c: Canvas, x: float, y: float, wide: float, high: float, wood: Colour, dark: Colour) -> None:
    c.box(x, y, wide, high, dark)
    rows = 7
    for row in range(rows):
        base = y + (row + 1) * high / rows
        at = x + 8
        while at < x + wide - 14:
            thick, tall = c.rng.uniform(5, 13), high / rows * c.rng.uniform(0.62, 0.88)
            colour = mix(c.rng.choice(BOOKS), dark, c.rng.uniform(0.25, 0.55))
            if c.rng.random() > 0.06:
                c.box(at, base - tall, thick, tall, colour)
                c.box(at + 1, base - tall * 0.8, thick - 2, 2.5, mix(colour, (240, 210, 150), 0.4))
            at += thick + 0.8
        c.box(x, base - 1, wide, 6, wood)
    c.box(x, y - 8, 7, high + 12, wood)
    c.box(x + wide - 7, y - 8, 7, high + 12, wood)


def _reader(c: Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    c.disc(x, y - size * 0.84, size * 0.15, mix(colour, (190, 140, 110), 0.4))
    c.disc(x, y - size * 0.9, size * 0.155, mix(colour, (0, 0, 0), 0.5), 0.75)
    c.polygon(
        [
            (x - size * 0.36, y),
            (x - size * 0.3, y - size * 0.5),
            (x - size * 0.12, y - size * 0.66),
            (x + size * 0.12, y - size * 0.66),
            (x + size * 0.3, y - size * 0.5),
            (x + size * 0.36, y),
        ],
        colour,
    )
    c.polygon([(x - size * 0.26, y + 2), (x, y - size * 0.12), (x + size * 0.26, y + 2)], (232, 224, 204))


def courtroom(c: Canvas) -> None:
    """Three judges under the scales, the dock, a full bench."""
    rng = c.rng
    wood = rng.choice(((122, 76, 46), (98, 62, 50), (134, 92, 58)))
    dark, wall = mix(wood, (0, 0, 0), 0.6), mix((214, 200, 172), c.light.mid, 0.25)
    c.gradient(0, 440, [mix(wall, dark, 0.35), wall, mix(wall, dark, 0.3)])
    for n in range(9):
        c.box(n * 150 - 30, 0, 16, 440, mix(wall, dark, 0.18))
        c.box(n * 150 - 14, 0, 6, 440, mix(wall, dark, 0.35))
    for x in (90.0, 960.0):
        c.arch(x, 50, 150, 280, mix(c.light.low, c.light.sun, 0.5))
        for bar in (36, 74, 112):
            c.box(x + bar, 54, 3, 276, dark)
        c.glow(x + 75, 200, 240, c.light.sun, 0.35)
    c.box(370, 20, 460, 350, wood)
    for n in range(6):
        c.box(384 + n * 74, 36, 62, 318, mix(wood, dark, 0.25))
        c.box(390 + n * 74, 42, 50, 306, mix(wood, (255, 230, 190), 0.06))
    gold = (214, 174, 92)
    c.line([(600, 70), (600, 190)], gold, 6)
    c.line([(530, 92), (670, 92)], gold, 5)
    for x in (530, 670):
        c.line([(x, 92), (x - 28, 146)], gold, 1.5)
        c.line([(x, 92), (x + 28, 146)], gold, 1.5)
        c.polygon([(x - 34, 146), (x + 34, 146), (x + 18, 162), (x - 18, 162)], gold)
    c.box(572, 188, 56, 8, gold)
    for x, tall in ((470, 130), (600, 150), (730, 130)):
        c.box(x - 40, 350 - tall - 22, 80, tall, mix(wood, (120, 24, 28), 0.6))
        _judge(c, x, 360, tall)
    c.box(330, 330, 540, 110, mix(wood, (255, 230, 190), 0.1))
    c.box(318, 320, 564, 16, mix(wood, (255, 230, 190), 0.25))
    for n in range(7):
        c.box(346 + n * 74, 348, 58, 80, mix(wood, dark, 0.28))
    c.gradient(438, HEIGHT, [mix(wood, dark, 0.5), dark])
    for x in (60, 900):
        c.box(x, 420, 240, 120, mix(wood, dark, 0.15))
        for n in range(12):
            c.box(x + 6 + n * 20, 356, 5, 66, mix(wood, dark, 0.3))
        c.box(x, 350, 240, 8, mix(wood, (255, 230, 190), 0.2))
    _judge(c, rng.uniform(110, 240), 440, 118)
    _judge(c, rng.uniform(960, 1080), 440, 118)
    for row in range(3):
        y = 560 + row * 56
        for n in range(13):
            x = n * 98 + (row % 2) * 46 + rng.uniform(-10, 10)
            shade = mix(dark, rng.choice(BOOKS), 0.22 - row * 0.05)
            c.disc(x, y - 44 - row * 4, 20 + row * 3, mix(shade, (0, 0, 0), 0.3), 1.15)
            c.polygon(
                [
                    (x - 46 - row * 5, y + 30),
                    (x - 34, y - 14),
                    (x, y - 24),
                    (x + 34, y - 14),
                    (x + 46 + row * 5, y + 30),
                ],
                shade,
            )
        c.box(0, y + 14, WIDTH, 46, mix(wood, dark, 0.45 + row * 0.18))
        c.box(0, y + 12, WIDTH, 5, mix(wood, dark, 0.2 + row * 0.15))


def _judge(c: Canvas, x: float, y: float, size: float) -> None:
    robe = (30, 26, 34)
    c.polygon(
        [
            (x - size * 0.42, y),
            (x - size * 0.32, y - size * 0.5),
            (x - size * 0.1, y - size * 0.62),
            (x + size * 0.1, y - size * 0.62),
            (x + size * 0.32, y - size * 0.5),
            (x + size * 0.42, y),
        ],
        robe,
    )
    c.polygon(
        [
            (x - size * 0.07, y - size * 0.6),
            (x + size * 0.07, y - size * 0.6),
            (x + size * 0.05, y - size * 0.32),
            (x - size * 0.05, y - size * 0.32),
        ],
        (236, 232, 224),
    )
    c.disc(x, y - size * 0.76, size * 0.14, c.rng.choice(((172, 122, 92), (196, 148, 116), (146, 100, 74))), 1.2)
    c.disc(x, y - size * 0.84, size * 0.145, c.rng.choice(((60, 52, 50), (190, 186, 180), (32, 26, 26))), 0.75)


def museum(c: Canvas) -> None:
    """A gallery: the case with the lantern, paintings, visitors."""
    rng = c.rng
    wall = rng.choice(((72, 84, 104), (104, 72, 66), (66, 88, 80), (92, 84, 100)))
    dark = mix(wall, (0, 0, 0), 0.6)
    c.gradient(0, 500, [mix(wall, (0, 0, 0), 0.4), wall])
    c.box(0, 470, WIDTH, 14, mix(wall, (230, 220, 200), 0.5))
    c.gradient(484, HEIGHT, [(150, 128, 104), (82, 66, 56)])
    for n in range(-8, 9):
        c.line([(600 + n * 60, 484), (600 + n * 190, HEIGHT)], (112, 94, 78), 1.4)
    for y in (512.0, 556.0, 614.0):
        c.line([(0, y), (WIDTH, y)], (112, 94, 78), 1.2)
    for x, wide, high in ((60.0, 190, 230), (290, 130, 170), (800, 140, 180), (980, 170, 240)):
        _painting(c, x, 170 + (240 - high) / 2, wide, high)
    c.arch(480, 110, 250, 374, mix(wall, (255, 240, 210), 0.3))
    c.arch(500, 132, 210, 352, mix(wall, (255, 236, 200), 0.55))
    x, y = 605.0, 470.0
    c.glow(x, y - 190, 260, (255, 232, 170), 0.75)
    c.box(x - 62, y - 60, 124, 130, (226, 220, 208))
    c.box(x - 70, y - 70, 140, 14, (242, 238, 228))
    if rng.random() < 0.75:
        _lantern(c, x, y - 72)
    c.pen.rectangle([v * 2 for v in (x - 60, y - 260, x + 60, y - 70)], outline=(226, 236, 240), width=4)
    c.line([(x - 48, y - 250), (x - 20, y - 90)], (240, 246, 250), 1.5)
    c.soft([(x, y + 76, 120, 12)], (0, 0, 0), 10, 0.5)
    for at in (210.0, 410.0, 800.0, 1000.0):
        c.line([(at, 640), (at, 560)], (190, 158, 92), 6)
        c.disc(at, 556, 8, (206, 174, 104))
        c.disc(at, 642, 20, (150, 124, 74), 0.3)
    for a, b in ((210, 410), (800, 1000)):
        c.line([(a, 566), ((a + b) / 2 - 50, 596), ((a + b) / 2 + 50, 596), (b, 566)], (140, 34, 40), 7)
    for _ in range(4):
        at = rng.choice((rng.uniform(60, 420), rng.uniform(800, 1140)))
        c.person(at, rng.uniform(590, 660), rng.uniform(190, 220), mix(dark, rng.choice(BOOKS), 0.3), 0.06)
    for at in (150, 360, 860, 1060):
        c.glow(at, 150, 170, (255, 236, 190), 0.35)


def _painting(c: Canvas, x: float, y: float, wide: float, high: float) -> None:
    rng = c.rng
    c.box(x - 6, y + 6, wide + 12, high + 12, (20, 18, 22))
    c.box(x - 10, y - 10, wide + 20, high + 20, (176, 138, 72))
    c.box(x - 4, y - 4, wide + 8, high + 8, (120, 90, 46))
    sky, land = rng.choice(
        (((188, 202, 206), (70, 96, 84)), ((226, 178, 120), (110, 66, 58)), ((90, 120, 160), (40, 52, 80)))
    )
    c.box(x, y, wide, high * 0.6, sky)
    c.box(x, y + high * 0.58, wide, high * 0.42, land)
    c.disc(x + wide * rng.uniform(0.25, 0.75), y + high * 0.3, wide * 0.09, mix(sky, (255, 244, 214), 0.7))
    c.polygon(
        [(x, y + high * 0.6), (x + wide * 0.35, y + high * 0.36), (x + wide * 0.62, y + high * 0.6)],
        mix(sky, land, 0.6),
    )
    c.polygon(
        [
            (x + wide * 0.4, y + high * 0.62),
            (x + wide * 0.8, y + high * 0.44),
            (x + wide, y + high * 0.56),
            (x + wide, y + high * 0.62),
        ],
        mix(sky, land, 0.8),
    )


def _lantern(c: Canvas, x: float, y: float) -> None:
    brass, glass = (198, 148, 70), (250, 214, 130)
    c.box(x - 30, y - 10, 60, 10, brass)
    c.polygon(
        [(x - 26, y - 10), (x - 34, y - 70), (x - 20, y - 100), (x + 20, y - 100), (x + 34, y - 70), (x + 26, y - 10)],
        glass,
    )
    for side in (-34, -12, 10, 32):
        c.line([(x + side * 0.75, y - 10), (x + side, y - 70), (x + side * 0.58, y - 100)], brass, 3)
    c.line([(x - 34, y - 70), (x + 34, y - 70)], brass, 3)
    c.polygon([(x - 28, y - 98), (x, y - 140), (x + 28, y - 98)], brass)
    c.disc(x, y - 146, 8, brass)
    c.disc(x, y - 146, 4, (60, 50, 40))


def market(c: Canvas) -> None:
    """The covered market: arches, striped awnings, heaps of fruit, buyers."""
    light, rng = c.light, c.rng
    stone = mix((198, 164, 122), light.mid, 0.3)
    dark = mix(stone, light.near, 0.7)
    c.gradient(0, HEIGHT, [mix(stone, dark, 0.55), mix(stone, light.low, 0.3), dark])
    for depth in range(4):
        inset = depth * 86
        shade = mix(dark, light.low, 0.18 + depth * 0.2)
        c.box(inset, 0, WIDTH - 2 * inset, 600, shade)
        c.arch(inset + 70, 30 + depth * 34, WIDTH - 2 * inset - 140, 600, mix(shade, light.sun, 0.16))
    c.arch(414, 170, 372, 430, mix(light.low, light.sun, 0.5))
    c.glow(600, 330, 330, light.sun, 0.6)
    c.crowd(520, 78, mix(dark, light.low, 0.35), 12, 430, 770)
    for n in range(6):
        c.soft([(560 + n * 30 + k * 16, 60 + k * 70, 40, 60) for k in range(7)], light.sun, 26, 0.06)
    c.gradient(528, HEIGHT, [mix(stone, light.low, 0.3), mix(dark, (0, 0, 0), 0.3)])
    c.crowd(580, 120, mix(dark, light.low, 0.15), 7, 380, 820)
    for x, wide, y in ((-40, 330, 330), (240, 200, 372), (910, 340, 330), (770, 190, 372)):
        _stall(c, x, y, wide)
    c.person(rng.uniform(440, 520), 664, 230, mix(dark, (30, 20, 30), 0.5))
    c.person(rng.uniform(650, 760), 670, 240, mix(dark, (60, 30, 30), 0.4))
    for x in (330, 600, 870):
        c.line([(x, 0), (x, rng.uniform(120, 170))], dark, 2)
        c.lamp(x, 172, 9, 90)


def _stall(c: Canvas, x: float, y: float, wide: float) -> None:
    light, rng = c.light, c.rng
    near = mix(light.near, (70, 46, 34), 0.5)
    for post in (x + 8, x + wide - 14):
        c.box(post, y, 8, 300, near)
    paint = rng.choice(((186, 62, 52), (44, 104, 120), (206, 144, 52), (90, 120, 70)))
    stripes = max(4, int(wide / 34))
    for n in range(stripes):
        left, right = x - 14 + n * (wide + 28) / stripes, x - 14 + (n + 1) * (wide + 28) / stripes
        colour = mix(paint if n % 2 else (238, 228, 206), light.mid, 0.2)
        c.polygon(
            [
                (left + (x + wide / 2 - left) * 0.12, y - 56),
                (right + (x + wide / 2 - right) * 0.12, y - 56),
                (right, y + 8),
                (left, y + 8),
            ],
            colour,
        )
        c.disc((left + right) / 2, y + 8, (right - left) / 2, mix(colour, light.near, 0.14), 0.6)
    base = y + 168 + wide * 0.05
    c.box(x, base, wide, 130, near)
    heaps = max(2, int(wide / 76))
    for n in range(heaps):
        fruit = mix(
            rng.choice(((232, 130, 40), (198, 52, 46), (220, 190, 60), (104, 142, 60), (120, 56, 96))), light.near, 0.12
        )
        middle = x + (n + 0.5) * wide / heaps
        for row in range(4):
            count = 6 - row
            for k in range(count):
                at = middle + (k - (count - 1) / 2) * wide / heaps / 6.4
                c.disc(at, base + 2 - row * 11, wide / heaps / 11, mix(fruit, light.sun, rng.uniform(0, 0.3)))
        c.box(middle - wide / heaps * 0.46, base + 4, wide / heaps * 0.92, 30, mix(near, (150, 110, 70), 0.6))
    c.person(x + wide * rng.uniform(0.3, 0.7), base + 4, 132, mix(near, (20, 16, 24), 0.5))
