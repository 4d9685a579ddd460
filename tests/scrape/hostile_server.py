"""A server that sends whatever bytes a case wants, over TCP or TLS, and the certificates of good and bad hosts."""

import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Answer = Callable[[], Iterable[bytes]]
"""Makes the pieces of a response, head included, one after the other: without end where the case wants that."""
TLS_HELLO = "TLS"
"""Stands for a path where a client speaks TLS to a server that does not."""
_NOW = datetime.now(UTC)


@contextmanager
def serve(answers: Mapping[str, Answer], certificate: Path | None = None) -> Iterator[int]:
    """A server on loopback with an answer for each path, 404 for the others; its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if certificate else None
    if context and certificate:
        context.load_cert_chain(certificate)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError), _wire(self.request, context) as wire:  # raised where the client has had enough
                for piece in answers.get(_path(wire), nothing_there)():
                    wire.sendall(piece)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads, block_on_close, request_queue_size = True, False, 50

    with Server(("127.0.0.1", 0), Handler) as made:
        threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield made.server_address[1]
        made.shutdown()


def nothing_there() -> Iterable[bytes]:
    return [b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"]


def _wire(plain: socket.socket, context: ssl.SSLContext | None) -> socket.socket:
    return context.wrap_socket(plain, server_side=True) if context else plain


def _path(wire: socket.socket) -> str:
    """The path that is asked for; none where it is not HTTP that the client speaks."""
    asked = b""
    while b"\r\n\r\n" not in asked:
        if not (piece := wire.recv(65536)):
            raise OSError("the client left")
        asked += piece
        if not asked.startswith(b"GET "):
            return TLS_HELLO
    return asked.split()[1].decode()


class Certificates:
    """An authority that the worker trusts (`ca.pem`) and hosts with good, wrong, old and homemade certificates."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._made("ca", "authority", signed=True)
        for name, host, days, signed in (
            ("good", "site.example", 9, True),
            ("wrong_host", "other.example", 9, True),
            ("expired", "site.example", -1, True),
            ("self_signed", "site.example", 9, False),
        ):
            self._made(name, host, days, signed=signed)

    def path(self, name: str) -> Path:
        return self.folder / f"{name}.pem"

    def _made(self, name: str, host: str, days: int = 9, *, signed: bool) -> None:
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        authority = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "authority")])
        key = self._key if name == "ca" else ec.generate_private_key(ec.SECP256R1())
        made = (
            x509.CertificateBuilder(
                authority if signed else subject, subject, key.public_key(), x509.random_serial_number()
            )
            .not_valid_before(_NOW - timedelta(days=20))
            .not_valid_after(_NOW + timedelta(days=days))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
            .add_extension(x509.BasicConstraints(ca=name == "ca", path_length=None), critical=True)
            .sign(self._key if signed else key, hashes.SHA256())
        )
        secret = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        self.path(name).write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
