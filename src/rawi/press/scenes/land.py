"""Scenes on land: the republic's buildings, its fields, its railway, its stadium."""

from rawi.press.scenes.brush import HEIGHT, WIDTH, Canvas, Colour, mix


def parliament(c: Canvas) -> None:
    """The house of the assembly: dome, columns, steps, flags."""
    light, rng = c.light, c.rng
    c.sky(470)
    c.sun(rng.uniform(120, 330), rng.uniform(140, 260), 30)
    c.clouds(60, 260, mix(light.low, light.sun, 0.5), 6, 0.5)
    c.ridge(470, 60, light.far, 1)
    c.town(470, mix(light.far, light.mid, 0.3), 80, 0, 0.25)
    stone = mix((228, 212, 184), light.mid, 0.25 if not light.is_dark else 0.5)
    shade = mix(stone, light.near, 0.45)
    c.box(200, 330, 800, 160, stone)
    c.windows(210, 350, 230, 130, 7, 2, shade, 0.5 if light.is_dark else 0.06)
    c.windows(760, 350, 230, 130, 7, 2, shade, 0.5 if light.is_dark else 0.06)
    c.box(190, 318, 820, 16, mix(stone, light.sun, 0.3))
    c.disc(600, 190, 92, mix((64, 128, 118), light.mid, 0.3))
    c.polygon([(600, 98), (640, 106), (676, 140), (692, 190), (610, 190)], mix((40, 90, 88), light.near, 0.3))
    c.box(500, 190, 200, 60, stone)
    for n in range(7):
        c.arch(520 + n * 25, 196, 12, 36, light.lamp if light.is_dark else shade)
    c.box(500, 186, 200, 14, mix(stone, light.sun, 0.2))
    c.box(592, 74, 16, 28, stone)
    c.box(440, 290, 320, 200, mix(stone, light.sun, 0.15))
    c.polygon([(424, 296), (600, 226), (776, 296)], mix(stone, light.sun, 0.25))
    c.polygon([(470, 288), (600, 238), (730, 288)], shade)
    for n in range(8):
        x = 456 + n * 38.5
        c.box(x + 18, 306, 18, 180, shade)
        c.box(x, 306, 18, 180, mix(stone, light.sun, 0.35))
        c.box(x + 12, 306, 6, 180, mix(stone, light.near, 0.2))
    c.line([(600, 76), (600, 28)], light.near, 2.5)
    _flag(c, 600, 30, 52)
    for n in range(7):
        c.box(400 - n * 22, 486 + n * 14, 400 + n * 44, 15, mix(stone, light.near, 0.06 + 0.05 * (n % 2) + n * 0.02))
    c.gradient(584, HEIGHT, [mix(light.mid, stone, 0.5), light.near])
    for x in (250, 330, 870, 950):
        c.line([(x, 590), (x, 380)], light.near, 3)
        _flag(c, x, 382, 44)
    for x in (60, 140, 1060, 1150):
        c.palm(x + rng.uniform(-16, 16), 620, rng.uniform(200, 270), light.near)
    c.crowd(632, 74, light.near, rng.randint(5, 34))


def _flag(c: Canvas, x: float, y: float, size: float) -> None:
    """Marsana's flag: blue, white, and a sun-coloured wedge."""
    for n, colour in enumerate(((34, 84, 140), (240, 236, 226), (34, 84, 140))):
        top = y + n * size * 0.2
        c.polygon(
            [
                (x, top),
                (x + size * 0.5, top + size * 0.05),
                (x + size, top),
                (x + size, top + size * 0.2),
                (x + size * 0.5, top + size * 0.25),
                (x, top + size * 0.2),
            ],
            mix(colour, c.light.mid, 0.2),
        )
    c.polygon([(x, y), (x + size * 0.34, y + size * 0.3), (x, y + size * 0.6)], mix((232, 172, 62), c.light.mid, 0.15))


def bank(c: Canvas) -> None:
    """The central bank: a heavy front, a clock, a square after rain."""
    light, rng = c.light, c.rng
    c.sky(520)
    c.clouds(40, 260, mix(light.low, light.sun, 0.4), 7, 0.55)
    c.box(0, 518, WIDTH, 40, mix(light.far, light.mid, 0.5))
    for _ in range(9):
        x, wide, tall = rng.uniform(-30, WIDTH), rng.uniform(70, 130), rng.uniform(180, 390)
        tower = mix(light.far, light.mid, rng.random() * 0.6)
        c.box(x, 520 - tall, wide, tall, tower)
        c.windows(
            x + 6,
            528 - tall,
            wide - 12,
            tall - 20,
            int(wide / 13),
            int(tall / 20),
            mix(tower, light.near, 0.3),
            0.4 if light.is_dark else 0.1,
        )
    c.haze(300, 522, light.low, 0.45)
    stone = mix((208, 190, 160), light.mid, 0.25 if not light.is_dark else 0.5)
    shade = mix(stone, light.near, 0.5)
    x = rng.uniform(250, 330)
    c.box(x, 190, 600, 350, stone)
    c.box(x - 16, 176, 632, 20, mix(stone, light.sun, 0.3))
    c.box(x + 210, 120, 180, 60, stone)
    c.box(x + 200, 108, 200, 14, mix(stone, light.sun, 0.3))
    c.disc(x + 300, 150, 24, mix(light.sun, stone, 0.3))
    c.line([(x + 300, 150), (x + 300, 133)], light.near, 2.5)
    c.line([(x + 300, 150), (x + 300 + rng.choice((-12, 12)), 154)], light.near, 2.5)
    for row, y in enumerate((216, 312)):
        for n in range(9):
            c.arch(x + 26 + n * 63, y, 36, 74, light.lamp if light.is_dark and rng.random() < 0.5 else shade)
            c.box(x + 22 + n * 63, y + 74, 44, 7, mix(stone, light.sun, 0.35))
        c.box(x, 300 + row * 96, 600, 6, mix(stone, light.near, 0.22))
    for n in range(10):
        c.box(x + 6 + n * 63, 404, 22, 136, mix(stone, light.sun, 0.25))
        c.box(x + 22 + n * 63, 404, 6, 136, shade)
    for n in range(9):
        c.arch(x + 32 + n * 63, 420, 28, 120, mix(light.near, light.lamp, 0.6 if light.is_dark else 0.15))
    c.box(x - 20, 536, 640, 12, mix(stone, light.near, 0.2))
    c.gradient(546, HEIGHT, [mix(light.mid, light.low, 0.3), mix(light.near, light.mid, 0.4)])
    for _ in range(60):
        at = rng.uniform(x, x + 600)
        c.line(
            [(at, rng.uniform(556, 670)), (at + rng.uniform(20, 60), rng.uniform(556, 670))],
            mix(stone, light.near, 0.45),
            1,
        )
    c.crowd(612, 92, light.near, rng.randint(5, 9))
    for at in (90, 1120):
        c.line([(at, 640), (at, 380)], light.near, 6)
        c.lamp(at, 372, 11, 80 if light.is_dark else 30)


def hospital(c: Canvas) -> None:
    """A ward block with its lit windows, an ambulance at the door."""
    light, rng = c.light, c.rng
    c.sky(520)
    c.sun(rng.uniform(900, 1100), rng.uniform(90, 190), 26)
    c.clouds(60, 240, mix(light.low, light.sun, 0.5), 5, 0.5)
    c.ridge(520, 150, light.far, 0.9)
    c.town(522, mix(light.far, light.mid, 0.4), 90, 0, 0.3)
    wall = mix((232, 234, 228), light.mid, 0.2 if not light.is_dark else 0.5)
    x = rng.uniform(180, 300)
    glass = mix(light.mid, (70, 120, 140), 0.5)
    lit = 0.6 if light.is_dark else 0.16
    c.box(x, 150, 330, 400, wall)
    c.windows(x + 12, 166, 306, 330, 9, 8, glass, lit)
    c.box(x + 330, 270, 420, 280, mix(wall, light.near, 0.14))
    c.windows(x + 342, 284, 396, 200, 12, 5, glass, lit)
    c.box(x - 6, 142, 342, 12, mix(wall, light.sun, 0.4))
    c.box(x + 324, 262, 432, 10, mix(wall, light.sun, 0.4))
    c.box(x + 120, 66, 90, 80, wall)
    for wide, high in ((16, 52), (52, 16)):
        c.box(x + 165 - wide / 2, 106 - high / 2, wide, high, (196, 48, 52))
    c.box(x + 440, 478, 200, 12, (196, 48, 52))
    c.box(x + 460, 490, 160, 64, mix(light.lamp, wall, 0.3))
    for n in range(5):
        c.box(x + 460 + n * 38, 490, 4, 64, mix(wall, light.near, 0.5))
    c.glow(x + 540, 530, 190, light.lamp, 0.4, 0.5)
    c.gradient(548, HEIGHT, [mix(light.mid, light.low, 0.2), light.near])
    for n in range(6):
        c.polygon(
            [(100 + n * 200, 634), (160 + n * 200, 634), (150 + n * 200, 641), (90 + n * 200, 641)],
            mix(light.low, light.near, 0.3),
        )
    _ambulance(c, x + rng.uniform(640, 700), 606)
    c.crowd(600, 66, light.near, rng.randint(3, 7), x + 380, x + 620)
    for at in (60, 130):
        c.palm(at, 600, rng.uniform(190, 250), light.near)


def _ambulance(c: Canvas, x: float, y: float) -> None:
    light = c.light
    white = mix((246, 246, 240), light.mid, 0.15 if not light.is_dark else 0.35)
    c.soft([(x + 90, y + 2, 104, 9)], (0, 0, 0), 6, 0.5)
    c.polygon(
        [(x, y - 84), (x + 122, y - 84), (x + 146, y - 50), (x + 184, y - 40), (x + 186, y - 6), (x, y - 6)], white
    )
    c.polygon(
        [(x + 118, y - 74), (x + 138, y - 50), (x + 104, y - 50), (x + 104, y - 74)], mix(light.mid, (60, 90, 110), 0.5)
    )
    c.box(x, y - 36, 186, 9, (200, 60, 52))
    for wide, high in ((8, 26), (26, 8)):
        c.box(x + 54 - wide / 2, y - 60 - high / 2, wide, high, (200, 60, 52))
    for at in (38, 148):
        c.disc(x + at, y - 4, 16, (24, 24, 30))
        c.disc(x + at, y - 4, 7, (150, 150, 150))
    c.box(x + 88, y - 93, 26, 9, (70, 120, 230))
    c.glow(x + 100, y - 90, 60, (90, 140, 255), 0.6)


def school(c: Canvas) -> None:
    """A village school with its yard, a fig tree, children."""
    light, rng = c.light, c.rng
    c.sky(440)
    c.sun(rng.uniform(140, 420), rng.uniform(90, 180), 28)
    c.clouds(60, 230, mix(light.low, light.sun, 0.6), 6, 0.55)
    c.ridge(440, 190, light.far, 0.8)
    c.ridge(452, 90, mix(light.far, light.mid, 0.5), 1.2)
    wall = mix((240, 222, 188), light.mid, 0.18)
    trim = mix((40, 112, 140), light.mid, 0.2)
    x = rng.uniform(300, 400)
    c.box(x, 280, 640, 220, wall)
    c.box(x - 12, 264, 664, 18, mix((184, 92, 64), light.mid, 0.15))
    c.box(x + 250, 190, 140, 310, mix(wall, light.sun, 0.3))
    c.polygon([(x + 236, 194), (x + 320, 140), (x + 404, 194)], mix((184, 92, 64), light.mid, 0.15))
    c.arch(x + 300, 204, 40, 52, light.near)
    c.disc(x + 320, 238, 13, mix((220, 180, 80), light.mid, 0.2))
    c.arch(x + 284, 390, 72, 110, trim)
    for n in range(3):
        for start in (x + 22, x + 416):
            c.box(start + n * 74, 330, 50, 84, trim)
            c.box(start + n * 74 + 6, 336, 38, 72, mix(light.low, light.water, 0.4))
            c.box(start + n * 74 + 23, 336, 4, 72, trim)
            c.box(start + n * 74 + 6, 368, 38, 4, trim)
    c.gradient(498, HEIGHT, [mix(light.low, (214, 180, 130), 0.6), mix(light.mid, (170, 126, 88), 0.5)])
    c.line([(x + 690, 520), (x + 690, 240)], light.near, 4)
    _flag(c, x + 690, 242, 60)
    c.tree(rng.uniform(130, 190), 580, 330, mix((70, 120, 70), light.near, 0.25), mix(light.near, (96, 66, 44), 0.5))
    c.soft([(180, 590, 150, 20)], light.near, 12, 0.4)
    paints = ((196, 70, 62), (44, 100, 150), (226, 178, 74), (80, 130, 90), (240, 236, 226))
    for _ in range(16):
        at_x, at_y = rng.uniform(260, 1120), rng.uniform(545, 640)
        c.soft([(at_x + 8, at_y + 1, 20, 4)], light.near, 4, 0.4)
        c.person(at_x, at_y, rng.uniform(62, 80), mix(rng.choice(paints), light.near, 0.3), 0.16)
    c.disc(rng.uniform(500, 800), 640, 9, (240, 236, 226))


def desert_solar(c: Canvas) -> None:
    """Rows of panels running to the dunes."""
    light, rng = c.light, c.rng
    c.sky(300)
    sun_x = rng.uniform(250, 950)
    c.sun(sun_x, rng.uniform(100, 190), 38)
    c.ridge(300, 130, light.far, 0.6)
    c.ridge(310, 50, mix(light.far, light.mid, 0.4), 0.9)
    sand = mix((222, 172, 112), light.mid, 0.25 if not light.is_dark else 0.5)
    c.gradient(300, HEIGHT, [mix(sand, light.low, 0.4), sand, mix(sand, light.near, 0.45)])
    for row in range(9):
        near = (row / 8) ** 1.7
        y, high = 318 + near * 268, 8 + near * 86
        lean = high * 0.75
        count = int(26 - near * 19)
        wide = (WIDTH + 260) / count
        c.soft([(600, y + high * 0.95, 700, high * 0.16)], light.near, 5 + near * 6, 0.45)
        for n in range(count):
            x = -130 + n * wide + (row % 2) * wide * 0.3
            glass = mix((34, 56, 108), light.top, 0.3)
            c.polygon(
                [(x, y + high), (x + wide * 0.94, y + high), (x + wide * 0.94 + lean * 0.3, y), (x + lean * 0.3, y)],
                mix(light.near, (200, 204, 210), 0.5),
            )
            c.polygon(
                [
                    (x + 2, y + high * 0.96),
                    (x + wide * 0.93, y + high * 0.96),
                    (x + wide * 0.92 + lean * 0.29, y + high * 0.05),
                    (x + lean * 0.29 + 2, y + high * 0.05),
                ],
                glass,
            )
            shine = max(0.0, 1 - abs(x + wide / 2 - sun_x) / 420) * 0.6
            c.polygon(
                [
                    (x + wide * 0.2, y + high * 0.94),
                    (x + wide * 0.5, y + high * 0.94),
                    (x + wide * 0.6 + lean * 0.29, y + high * 0.08),
                    (x + wide * 0.35 + lean * 0.29, y + high * 0.08),
                ],
                mix(glass, light.sun, 0.12 + shine),
            )
            for k in range(1, 4):
                at = x + wide * k / 4
                c.line(
                    [(at, y + high * 0.95), (at + lean * 0.29, y + high * 0.06)],
                    mix(glass, (200, 210, 226), 0.35),
                    0.5 + near,
                )
            c.line(
                [(x + lean * 0.15, y + high * 0.5), (x + wide * 0.93 + lean * 0.15, y + high * 0.5)],
                mix(glass, (200, 210, 226), 0.35),
                0.5 + near,
            )
    if rng.random() < 0.6:
        c.person(rng.uniform(180, 1000), 640, 120, light.near)


def orchard(c: Canvas) -> None:
    """Orange trees in rows, a channel, mountains."""
    light, rng = c.light, c.rng
    c.sky(330)
    c.sun(rng.uniform(150, 1050), rng.uniform(90, 200), 30)
    c.clouds(60, 200, mix(light.low, light.sun, 0.6), 5, 0.5)
    c.ridge(330, 220, light.far, 0.7, 2)
    c.ridge(340, 100, mix(light.far, light.mid, 0.5), 1.1)
    earth = mix((168, 128, 84), light.mid, 0.35)
    c.gradient(338, HEIGHT, [mix(earth, light.low, 0.35), earth, mix(earth, light.near, 0.5)])
    gone = rng.uniform(480, 720)
    for n in range(-7, 8):
        c.polygon(
            [(gone + n * 10, 342), (gone + n * 10 + 4, 342), (gone + n * 190 + 60, HEIGHT), (gone + n * 190, HEIGHT)],
            mix(earth, light.near, 0.25),
        )
    c.polygon(
        [(gone - 3, 342), (gone + 4, 342), (gone + 80, HEIGHT), (gone - 60, HEIGHT)], mix(light.water, light.low, 0.2)
    )
    c.polygon(
        [(gone, 342), (gone + 3, 342), (gone + 40, HEIGHT), (gone - 10, HEIGHT)], mix(light.water, light.sun, 0.4)
    )
    green = mix((76, 122, 58), light.near, 0.2)
    for row in range(8):
        near = (row / 7) ** 1.8
        y, size = 356 + near * 270, 36 + near * 190
        for n in range(-6, 7):
            if n == 0:
                continue
            x = gone + (n - 0.5 * (1 if n > 0 else -1)) * (24 + near * 260) + rng.uniform(-4, 4)
            if not -120 < x < WIDTH + 120:
                continue
            if near > 0.3:
                c.soft([(x, y, size * 0.4, size * 0.06)], light.near, 5, 0.35)
            c.tree(x, y, size, mix(green, light.far, 0.45 * (1 - near)), mix(light.near, (92, 66, 44), 0.5))
            for _ in range(int(14 * near)):
                c.disc(
                    x + rng.gauss(0, size * 0.2),
                    y - size * 0.66 + rng.gauss(0, size * 0.13),
                    1.5 + 5 * near,
                    mix((240, 142, 40), light.mid, 0.1),
                )
    c.person(gone - rng.uniform(120, 200), 640, 150, light.near)


def train(c: Canvas) -> None:
    """The coast line: a train on the viaduct above the sea."""
    light, rng = c.light, c.rng
    c.sky(380)
    sun_x = rng.uniform(150, 600)
    c.sun(sun_x, rng.uniform(120, 240), 30)
    c.clouds(60, 240, mix(light.low, light.sun, 0.5), 5, 0.5)
    c.ridge(378, 70, light.far, 0.7)
    c.sea(376, sun_x=sun_x)
    c.polygon(
        [(560, HEIGHT), (720, 430), (860, 330), (1000, 250), (WIDTH, 180), (WIDTH, HEIGHT)],
        mix(light.mid, light.far, 0.3),
    )
    c.polygon([(760, HEIGHT), (900, 520), (1060, 400), (WIDTH, 320), (WIDTH, HEIGHT)], light.mid)
    for _ in range(16):
        c.tree(
            rng.uniform(960, 1190),
            rng.uniform(420, 640),
            rng.uniform(36, 70),
            mix(light.near, (70, 104, 62), 0.45),
            light.near,
        )
    stone = mix(light.mid, (190, 160, 126), 0.4)
    shade = mix(stone, light.near, 0.5)
    c.box(0, 430, WIDTH, 44, stone)
    for n in range(9):
        x = -30.0 + n * 150
        c.box(x, 470, 34, 210, stone)
        c.box(x + 24, 470, 10, 210, shade)
        c.polygon(
            [
                (x + 34, 470),
                (x + 150, 470),
                (x + 150, 520),
                (x + 138, 492),
                (x + 92, 476),
                (x + 46, 492),
                (x + 34, 520),
            ],
            stone,
        )
    c.box(0, 424, WIDTH, 8, mix(stone, light.sun, 0.3))
    paint = mix(rng.choice(((30, 92, 140), (176, 54, 50), (36, 118, 96))), light.near, 0.2)
    start = rng.uniform(60, 220)
    for n in range(4):
        x = start + n * 222
        c.box(x, 352, 214, 66, mix((236, 232, 222), light.mid, 0.25))
        c.box(x, 396, 214, 22, paint)
        c.box(x + 4, 346, 206, 8, mix(light.near, light.mid, 0.5))
        for k in range(8):
            c.box(
                x + 12 + k * 25,
                362,
                18,
                24,
                light.lamp if light.is_dark or rng.random() < 0.2 else mix(light.near, light.water, 0.35),
            )
        for wheel in (28, 56, 158, 186):
            c.disc(x + wheel, 420, 8, light.near)
        c.box(x + 214, 392, 8, 20, light.near)
    nose = start + 4 * 222
    c.polygon(
        [(nose, 352), (nose + 64, 354), (nose + 106, 396), (nose + 110, 418), (nose, 418)],
        mix((236, 232, 222), light.mid, 0.25),
    )
    c.polygon([(nose, 396), (nose + 106, 396), (nose + 110, 418), (nose, 418)], paint)
    c.polygon([(nose + 50, 360), (nose + 66, 360), (nose + 88, 384), (nose + 50, 384)], light.near)
    c.lamp(nose + 104, 404, 4, 70 if light.is_dark else 30)
    for x in range(40, WIDTH, 190):
        c.line([(x, 426), (x, 296)], light.near, 3)
        c.line([(x, 302), (x + 26, 302)], light.near, 2)
    c.line([(0, 312), (WIDTH, 312)], light.near, 1)


def factory(c: Canvas) -> None:
    """Works by the port: chimneys, tanks, saw-tooth roofs."""
    light, rng = c.light, c.rng
    c.sky(470)
    c.sun(rng.uniform(200, 1000), rng.uniform(180, 330), 32)
    c.clouds(60, 220, mix(light.low, light.middle, 0.5), 5, 0.5)
    c.ridge(470, 70, light.far, 0.9)
    for n, x in enumerate((rng.uniform(180, 240), rng.uniform(330, 390), rng.uniform(860, 930))):
        tall = rng.uniform(250, 330)
        puffs = [(x + k * k * 3.4 + 10, 470 - tall - 8 - k * 15, 14 + k * 8, 10 + k * 5) for k in range(11)]
        c.soft(puffs, mix(light.low, (246, 244, 240), 0.4), 9, 0.6)
        c.polygon(
            [(x - 19, 480), (x - 12, 470 - tall), (x + 12, 470 - tall), (x + 19, 480)],
            mix(light.mid, (160, 90, 70), 0.35),
        )
        for band in (0.1, 0.24):
            c.box(
                x - 14,
                470 - tall + tall * band,
                28,
                13,
                mix(light.low, (236, 232, 226), 0.4) if n != 1 else (186, 66, 56),
            )
    back = mix(light.mid, light.far, 0.3)
    for n in range(8):
        x = 60 + n * 74
        c.polygon([(x, 500), (x, 380), (x + 20, 340), (x + 74, 380), (x + 74, 500)], back)
        c.polygon(
            [(x + 4, 376), (x + 20, 346), (x + 20, 376)],
            light.lamp if light.is_dark else mix(light.low, light.water, 0.3),
        )
    for x, radius in ((760, 62), (900, 78), (1060, 66)):
        tank = mix((206, 206, 200), light.mid, 0.4)
        c.box(x - radius, 410, radius * 2, 110, tank)
        c.disc(x, 410, radius, mix(tank, light.sun, 0.3), 0.22)
        c.box(x + radius * 0.3, 412, radius * 0.7, 108, mix(tank, light.near, 0.3))
        c.line([(x - radius * 0.7, 412), (x - radius * 0.4, 516)], light.near, 1.6)
    for y in (440, 456):
        c.line([(0, y), (690, y), (700, y - 60), (1200, y - 60)], mix(light.near, light.mid, 0.4), 6)
    c.box(0, 470, WIDTH, 60, light.mid)
    c.windows(20, 480, 640, 36, 36, 2, light.near, 0.55 if light.is_dark else 0.12)
    c.gradient(526, HEIGHT, [light.mid, light.near])
    for n in range(3):
        _lorry(c, 120 + n * 360 + rng.uniform(-40, 40), 606 + n * 12)
    c.crowd(660, 84, light.near, 6)
    if light.is_dark:
        for x in range(50, WIDTH, 150):
            c.lamp(x, 468, 2.4, 36)


def _lorry(c: Canvas, x: float, y: float) -> None:
    light = c.light
    c.soft([(x + 90, y + 4, 110, 8)], (0, 0, 0), 6, 0.45)
    c.box(x, y - 76, 130, 64, mix(light.mid, c.rng.choice(((190, 96, 60), (70, 120, 130), (214, 196, 150))), 0.55))
    c.polygon(
        [(x + 134, y - 60), (x + 168, y - 60), (x + 184, y - 34), (x + 184, y - 12), (x + 134, y - 12)],
        mix(light.mid, (230, 226, 214), 0.5),
    )
    c.polygon([(x + 146, y - 54), (x + 164, y - 54), (x + 175, y - 34), (x + 146, y - 34)], light.near)
    for at in (28, 58, 156):
        c.disc(x + at, y - 8, 13, (22, 22, 28))
        c.disc(x + at, y - 8, 5, (140, 140, 140))


def stadium(c: Canvas) -> None:
    """A match under floodlights: stands, pitch, players."""
    light, rng = c.light, c.rng
    c.sky(300)
    c.clouds(40, 180, mix(light.low, light.middle, 0.5), 5, 0.45)
    c.polygon(
        [(0, 150), (300, 120), (900, 120), (WIDTH, 150), (WIDTH, 190), (900, 166), (300, 166), (0, 190)], light.near
    )
    colours: tuple[Colour, ...] = ((34, 84, 150), (236, 230, 216), (206, 150, 60), (60, 60, 76), (176, 70, 66))
    c.gradient(166, 384, [mix(light.near, light.mid, 0.4), mix(light.near, light.mid, 0.2)])
    for row in range(20):
        y = 176 + row * 10.4
        for x in range(0, WIDTH, 9):
            if rng.random() < 0.86:
                colour = mix(
                    rng.choice(colours[:2] if (x // 300) % 2 else colours), light.near, 0.3 + 0.2 * rng.random()
                )
                c.disc(x + rng.uniform(-2, 2), y + rng.uniform(-2, 2), 3.4, colour)
    for x in range(0, WIDTH, 200):
        c.polygon([(x + 96, 166), (x + 104, 166), (x + 112, 384), (x + 88, 384)], mix(light.near, light.mid, 0.3))
    c.box(0, 376, WIDTH, 24, mix(light.near, (30, 70, 130), 0.5))
    for x in range(20, WIDTH, 170):
        c.box(x, 380, 120, 15, mix(rng.choice(colours), (255, 255, 255), 0.2))
    for n in range(7):
        y0, y1 = 400 + n * n * 5.6, 400 + (n + 1) ** 2 * 5.6
        c.gradient(y0, min(y1, HEIGHT), [mix((60, 132, 66) if n % 2 else (74, 150, 76), light.mid, 0.15)] * 2)
    white = (230, 240, 226)
    c.line([(0, 408), (WIDTH, 408)], white, 2)
    c.line([(600, 408), (rng.uniform(560, 640), HEIGHT)], white, 4)
    c.pen.ellipse([v * 2 for v in (390, 450, 810, 590)], outline=white, width=7)
    side = rng.choice((70, 1010))
    c.line([(side, 440), (side, 372), (side + 120, 372), (side + 120, 440)], white, 5)
    for k in range(1, 8):
        c.line([(side + k * 15, 374), (side + k * 15, 438)], mix(white, (60, 100, 70), 0.5), 0.7)
    for n in range(12):
        at, y = rng.uniform(80, 1120), rng.uniform(440, 640)
        tall = 36 + (y - 420) * 0.44
        c.soft([(at, y, tall * 0.3, tall * 0.06)], (20, 50, 26), 4, 0.6)
        c.person(at, y, tall, mix((34, 84, 150) if n % 2 else (206, 60, 56), light.near, 0.15), 0.2)
    c.disc(rng.uniform(480, 720), 600, 8, (250, 250, 246))
    for x in (90, 400, 800, 1110):
        c.line([(x, 130), (x, 50)], light.near, 6)
        for lamp in range(6):
            c.disc(x - 25 + lamp * 10, 46 + 8 * (lamp % 2), 4, (255, 252, 236))
        c.glow(x, 50, 210, (255, 252, 230), 0.6)
