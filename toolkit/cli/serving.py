"""Serve an evaluation, or a fictional one."""

from pathlib import Path
from typing import Annotated, Any

import typer

from toolkit.cli.speaking import Folder, Lang, app, err, language_of, show, spoken
from toolkit.text import Language, Text

Port = Annotated[int, typer.Option("--port", help="Port", min=1, max=65535)]
Host = Annotated[str, typer.Option("--host", help="Adresse / Address: 0.0.0.0 = phones")]
# Other sites' frames get no cookies from browsers, and so would show nothing.
Frames = Annotated[
    str, typer.Option("--frame-ancestors", help="Même domaine / Same domain: https://site")
]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Sans ouvrir / Do not open")]


@app.command()
@spoken
def serve(
    folder: Folder,
    *,
    host: Host = "127.0.0.1",
    port: Port = 8866,
    no_browser: NoBrowser = False,
    base_url: Annotated[str, typer.Option("--base-url", help="/agir/")] = "/",
    frames: Frames = "",
    address: Annotated[str, typer.Option(help="https://agir.example.org")] = "",
    proxy: Annotated[str, typer.Option(help="Mandataire / Reverse proxy: 127.0.0.1")] = "",
    certfile: Annotated[Path | None, typer.Option(help="Certificat / Certificate: .pem")] = None,
    keyfile: Annotated[Path | None, typer.Option(help="Sa clé / Its key: .pem")] = None,
    pages: Annotated[int, typer.Option(help="Pages à la fois / Pages at once", min=3)] = 120,
    lang: Lang = None,
) -> None:
    """Servir une évaluation. / Serve an evaluation."""
    from toolkit.serve.runtime import Runtime

    where: dict[str, Any] = {"host": host, "port": port, "base_url": base_url, "frames": frames}
    where |= {"address": address, "proxy": proxy, "certfile": certfile, "keyfile": keyfile}
    where |= {"pages": pages}
    with Runtime():
        _serve(folder, where, language_of(lang), no_browser=no_browser)


@app.command()
@spoken
def demo(
    lang: Lang = None, host: Host = "127.0.0.1", port: Port = 8866, no_browser: NoBrowser = False
) -> None:
    """Essayer avec un regroupement fictif. / Try it with a fictional coalition."""
    from toolkit.serve.demo import make_demo, make_neighbours
    from toolkit.serve.runtime import Runtime

    with Runtime() as made:
        folder = made.place / "demo"
        make_demo(folder, language_of(lang), conversation=True)
        make_neighbours(made.place, language_of(lang))
        where = {"host": host, "port": port}
        _serve(folder, where, language_of(lang), no_browser=no_browser, rate=True)


def _serve(folder: Path, where: dict[str, Any], lang: Language, **more: bool) -> None:
    from toolkit.serve.opening import serve_folder

    def warn(told: Text) -> None:
        show(told[lang], on=err)

    serve_folder(folder, where, lang, out=show, warn=warn, **more)
