"""What all commands share: the application, the options most of them have, and how an error ends it."""

import sys
from typing import Annotated

import typer

from rawi.cli.output import COULD_NOT_RUN, DONE, WRONG_USE, note
from rawi.errors import BadInput, NotFound, RawiError

app = typer.Typer(
    name="rawi",
    help="A self-hosted press archive.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

ArchiveOption = Annotated[
    str, typer.Option("--archive", metavar="DIR-or-URL", help="The archive. [default: $RAWI_ARCHIVE, else ./archive]")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON on standard output, and nothing else there.")]


def main() -> None:
    """Runs the command line; every error of ours becomes a sentence and an exit status."""
    try:
        code = app(standalone_mode=False)
    except typer.Exit as end:
        code = end.exit_code
    except (typer.Abort, KeyboardInterrupt):
        note("stopped")
        code = COULD_NOT_RUN
    except BrokenPipeError:
        # Whoever read us has had enough: not an error. Python would complain once more when it closes standard output.
        sys.stderr.close()
        code = DONE
    except RawiError as error:
        note(f"rawi: {error}")
        code = WRONG_USE if isinstance(error, BadInput | NotFound) else COULD_NOT_RUN
    except Exception as error:
        code = _wrong_use(error)
    sys.exit(code or DONE)


def _wrong_use(error: Exception) -> int:
    """Click's own errors about options and arguments; anything else is a bug and must show."""
    show = getattr(error, "show", None)
    if show is None:
        raise error
    show()
    return WRONG_USE
