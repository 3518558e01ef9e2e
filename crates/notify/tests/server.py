"""A real SMTP server for the tests: keeps what it takes as files and refuses whom it is told to refuse.

Usage: server.py PORT FOLDER [tls]. Prints "ready" when it answers. Recipients whose name begins with "unknown"
are refused for good (550), with "later" for now (451), with "signin" because the sender must sign in (530).
With "tls" it speaks TLS from the first byte, under a certificate of an authority of its own: FOLDER/authority.pem.
"""

import datetime
import ipaddress
import pathlib
import ssl
import sys
import threading

from aiosmtpd.controller import Controller

port, folder = int(sys.argv[1]), pathlib.Path(sys.argv[2])


class Keep:
    count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        for name, answer in (
            ("unknown", f"550 5.1.1 <{address}>: nobody of this name here"),
            ("later", "451 4.3.0 try again later"),
            ("signin", "530 5.7.0 sign in first"),
        ):
            if address.startswith(name):
                return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        Keep.count += 1
        part = folder / f"{Keep.count:04}.part"
        part.write_bytes(envelope.content)
        part.rename(folder / f"{Keep.count:04}.eml")
        return "250 OK"


def certificate(x509, hashes, serialization, ec, oid):
    """An authority, and a certificate for 127.0.0.1 that it signed."""
    now = datetime.datetime.now(datetime.timezone.utc)
    name = lambda words: x509.Name([x509.NameAttribute(oid.COMMON_NAME, words)])
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]

    def signed(subject, key, *extensions):
        builder = x509.CertificateBuilder(
            issuer_name=name("test authority"),
            subject_name=name(subject),
            public_key=key.public_key(),
            serial_number=x509.random_serial_number(),
            not_valid_before=now - datetime.timedelta(hours=1),
            not_valid_after=now + datetime.timedelta(hours=1),
        )
        for extension in extensions:
            builder = builder.add_extension(extension, critical=False)
        return builder.sign(keys[0], hashes.SHA256())

    pem = serialization.Encoding.PEM
    authority = signed("test authority", keys[0], x509.BasicConstraints(ca=True, path_length=None))
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    leaf = signed("127.0.0.1", keys[1], x509.SubjectAlternativeName([address]))
    plain = serialization.NoEncryption()
    private = keys[1].private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    (folder / "server.pem").write_bytes(private + leaf.public_bytes(pem))
    (folder / "authority.pem").write_bytes(authority.public_bytes(pem))


context = None
if "tls" in sys.argv[3:]:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    certificate(x509, hashes, serialization, ec, NameOID)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")

# The controller's own check speaks without TLS, so the server is started without it and "ready" is enough.
controller = Controller(Keep(), hostname="127.0.0.1", port=port, ssl_context=context, ready_timeout=10)
controller.start()
print("ready", flush=True)
# Ends with the test that holds the other end of this pipe.
threading.Thread(target=lambda: (sys.stdin.read(), controller.stop(no_assert=True)), daemon=False).start()
