"""Commands that serve: `serve`, `up`, `demo`."""

from pathlib import Path
from typing import Annotated

import typer

from rawi.cli.app import ArchiveOption, app
from rawi.cli.output import note, opened_archive

HostOption = Annotated[str, typer.Option(help="The address to listen on.")]
PortOption = Annotated[int, typer.Option(min=0, max=65535, help="0: any free one.")]


@app.command()
def serve(archive: ArchiveOption = "", host: HostOption = "127.0.0.1", port: PortOption = 8080) -> None:
    """Serve the site."""
    from rawi.serving import serve_site

    with opened_archive(archive) as opened:
        serve_site(opened, host=host, port=port, ready=lambda url: note(f"the archive is at {url} (Ctrl-C stops it)"))


@app.command()
def up(archive: ArchiveOption = "", host: HostOption = "127.0.0.1", port: PortOption = 8080) -> None:
    """Gather, follow and serve in one process: what a small newsroom runs."""
    from rawi.serving import serve_and_gather

    with opened_archive(archive) as opened:
        serve_and_gather(
            opened, host=host, port=port, ready=lambda url: note(f"the archive is at {url} (Ctrl-C stops it)")
        )


@app.command()
def demo(
    port: PortOption = 8080,
    once: Annotated[bool, typer.Option("--once", help="Check the main pages, then stop.")] = False,
    folder: Annotated[
        Path | None, typer.Option("--archive", metavar="DIR", help="Keep the demo's archive here.")
    ] = None,
) -> None:
    """Serve the made-up press on this machine, gather it live, and show the archive of it."""
    from rawi.demo import run_demo

    run_demo(port=port, once=once, folder=folder, note=note)
