"""Catches the demo's mail: an SMTP server that keeps messages and a page that shows them.

Run as `python -m forkopimda.mailcatcher --smtp-port N --web-port N --folder FOLDER`. Both
servers listen on 127.0.0.1 only. Each message is one .eml file, named by its time of arrival.
"""

from __future__ import annotations

import argparse
import email
import signal
import threading
import time
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default as modern
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"
LISTED = 200
STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:1rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .6rem;"
    "border-bottom:1px solid #ccc}pre{white-space:pre-wrap;font:inherit}"
)


class Keeper:
    """Stores each message that the SMTP server accepts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Write the message; the rename makes it appear whole."""
        body = envelope.content or b""
        path = self.folder / f"{time.time_ns()}.eml"
        part = path.with_suffix(".part")
        part.write_bytes(body.encode() if isinstance(body, str) else body)
        part.rename(path)
        return "250 OK"


def stored(folder: Path) -> Iterator[tuple[str, EmailMessage]]:
    """Name and content of the newest messages, newest first."""
    for path in sorted(folder.glob("*.eml"), reverse=True)[:LISTED]:
        yield path.stem, read(path)


def read(path: Path) -> EmailMessage:
    """A stored message, parsed."""
    return email.message_from_bytes(path.read_bytes(), policy=modern)


def arrived(name: str) -> str:
    """Local time of arrival, from a message's name."""
    return time.strftime("%d-%m-%Y %H:%M:%S", time.localtime(int(name) / 1e9))


def text_of(message: EmailMessage) -> str:
    """The readable text of a message, plain text preferred, and the names of its attachments."""
    body = message.get_body(preferencelist=("plain", "html"))
    text = str(body.get_content()) if body else ""
    names = [part.get_filename() or part.get_content_type() for part in message.iter_attachments()]
    return "\n\n".join([text, *(f"[{name}]" for name in names)])


def list_page(folder: Path) -> str:
    """All messages as a table."""
    rows = "".join(
        f"<tr><td>{arrived(name)}</td><td>{escape(str(message['To'] or ''))}</td>"
        f"<td><a href='/{name}'>{escape(str(message['Subject'] or '(tanpa judul)'))}</a></td></tr>"
        for name, message in stored(folder)
    )
    empty = (
        "" if rows else "<p>Belum ada surel. Muat ulang halaman ini untuk melihat yang baru.</p>"
    )
    head = "<tr><th>Waktu</th><th>Kepada</th><th>Judul</th></tr>"
    return page("Surel demo", f"<table>{head}{rows}</table>{empty}")


def message_page(name: str, message: EmailMessage) -> str:
    """One message with its headers and its text."""
    fields = "".join(
        f"<p><b>{label}:</b> {escape(str(message[header] or ''))}</p>"
        for label, header in (("Dari", "From"), ("Kepada", "To"), ("Judul", "Subject"))
    )
    back = "<p><a href='/'>Semua surel</a></p>"
    body = (
        f"{back}{fields}<p><b>Waktu:</b> {arrived(name)}</p><pre>{escape(text_of(message))}</pre>"
    )
    return page(str(message["Subject"] or "Surel"), body)


def page(title: str, body: str) -> str:
    """A whole HTML page; `body` is markup, `title` is text."""
    head = f"<meta charset='utf-8'><title>{escape(title)}</title><style>{STYLE}</style>"
    meta = "<meta name='viewport' content='width=device-width'>"
    return f"<!doctype html><html lang='id'>{head}{meta}<h1>{escape(title)}</h1>{body}</html>"


class Viewer(BaseHTTPRequestHandler):
    """Shows the stored messages; `folder` is set on a subclass by `main`."""

    folder: Path

    def do_GET(self) -> None:
        """Answer with the list, one message, or 404."""
        name = self.path.strip("/")
        if not name:
            self.answer(list_page(self.folder))
        elif name.isascii() and name.isdigit() and (self.folder / f"{name}.eml").exists():
            self.answer(message_page(name, read(self.folder / f"{name}.eml")))
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def answer(self, markup: str) -> None:
        """Send a page that may run and load nothing."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        self.end_headers()
        self.wfile.write(markup.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: reading mail is no event of the demo."""


def main() -> None:
    """Run both servers until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smtp-port", type=int, required=True)
    parser.add_argument("--web-port", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    smtp = Controller(Keeper(options.folder), hostname=HOST, port=options.smtp_port)
    viewer = type("FolderViewer", (Viewer,), {"folder": options.folder})
    web = ThreadingHTTPServer((HOST, options.web_port), viewer)
    smtp.start()
    threading.Thread(target=web.serve_forever, daemon=True).start()
    stop.wait()
    web.shutdown()
    smtp.stop()


if __name__ == "__main__":
    main()
