"""An article as commands print it: what it says, and what is known of it."""

from datetime import date

from rawi.core import sections
from rawi.model import Article


def told(article: Article, publisher: str, day: str) -> str:
    """The article as it would be read, with who published it, and on which day, as it is written."""
    facts = [
        article.title,
        f"Published in {publisher}{f' on {day}' if day else ''}",
        ", ".join(article.authors),
        f"Changed {article.modified_at:%Y-%m-%d %H:%M} UTC" if article.modified_at else "",
        _about(article),
        article.url,
    ]
    pictures = [
        f"Picture: {' – '.join(filter(None, (image.url, image.caption, image.credit)))}" for image in article.images
    ]
    last = [*_credits(article), *pictures, *(f"Note: {one}" for one in article.notes)]
    return "\n\n".join(filter(None, ("\n".join(filter(None, facts)), article.text, "\n".join(last))))


def long_day(day: date | None) -> str:
    """A day that nobody can read the wrong way round."""
    return f"{day.day} {day:%B} {day.year}" if day else ""


def _about(article: Article) -> str:
    is_of_address = bool(article.section) and sections.is_of_address(article.section or "", article.url)
    section = f"Section{' (by its address)' if is_of_address else ''}: {article.section}" if article.section else ""
    topic = f"topic: {article.topic}" if article.topic else ""
    language = f"language: {article.language}" if article.language else ""
    said = ", ".join(filter(None, (section, topic, language)))
    return said[:1].upper() + said[1:]


def _credits(article: Article) -> list[str]:
    return [
        f"Credit ({'' if credit.who in ('', credit.words) else f'{credit.who}, '}{credit.where}): "
        f"{' '.join(credit.words.split())}"
        for credit in article.credits
    ]
