"""More than five hundred texts that nobody means as a query: operators out of place, floods, control characters,
formulas, what other languages would run. For the parser, the engines, the command line and the site."""

import string
from itertools import product

FIELDS = ("title", "author", "publisher", "site", "language", "topic", "date", "before", "after", "none")
VALUES = (
    "",
    " ",
    ":",
    "*",
    "**",
    "(",
    ")",
    "()",
    '"',
    '""',
    "[",
    "[]",
    "[ TO ]",
    "-",
    "-1",
    "0",
    "9" * 30,
    "\x00",
    "\ud800",
)
VALUES += (
    "😀",
    "'",
    "\\",
    "%",
    "{}",
    "{{7*7}}",
    "a:b",
    "title:a",
    "(a",
    "a)",
    '"a',
    "«",
    "٢٠١٥",
    "2015-02-30",
    "[2015 TO",
    "\u202e",
)
OPERATORS = ("AND", "OR", "NOT", "-", "+", "(", ")", '"')

HOSTILE = [
    *string.punctuation,
    *(mark * 2 for mark in string.punctuation),
    *(f"a{mark}" for mark in string.punctuation),
    *(f"{mark}a" for mark in string.punctuation),
    *(f"a {mark} b" for mark in string.punctuation),
    *(" ".join(three) for three in product(OPERATORS, repeat=3)),
    *(f"{field}:{value}" for field in FIELDS for value in VALUES),
    *(
        chr(code)
        for code in [*range(32), 0x7F, 0x85, 0xA0, 0x200B, 0x200F, 0x2028, 0xFEFF, 0xFFFF, 0xD800, 0xDFFF, 0x1F600]
    ),
    *(
        opening * 5000
        for opening in ("(", ")", "-", "+", '"', "NOT ", "a OR ", "(a ", "title:(", "*", "date:[", "\x00")
    ),
    *(opening * 900 for opening in ("(", ")", "-", "+", '"', "NOT ", "OR ", "*", "a:", "«»", "()", "- ", "\ud800")),
    " ".join(["word"] * 3000),
    "word" * 1000,
    "ﷺ" * 3000,
    "ß" * 4000,
    "a" * 4000,
    "1' OR '1'='1' --",
    "'; DROP TABLE articles; --",
    "{{ config }} {% for x in y %} ${7*7} #{7*7} <%= 7 %>",
    "%s%s%n %(x)s {0} {0.__class__} {x!r:>{y}}",
    "<script>alert(1)</script>",
    "../../etc/passwd \\\\server\\share file:///etc/passwd",
    "$(reboot) `reboot` | reboot && reboot",
    "(?:a+)+$ [a-z]{1,99999} \\p{L} .*",
    'body:[* TO *] _exists_:x title:"a"~99999 a^1e9 /regex/ IN [a b]',
    "🏳️‍🌈👨‍👩‍👧‍👦 ☠️",
    "\u202eabc\u202c \u2066x\u2069 \u200e\u200f",
    "\ud83d \ude00 \udc80abc title:\ud800 publisher:\udfff",
]
