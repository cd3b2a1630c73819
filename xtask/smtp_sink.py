"""An SMTP server for tests: TLS and AUTH as real ones ask for them, faults on request, mails kept as files.

An accepted mail becomes NUMBER.eml (its bytes) and, after it, NUMBER.json (its envelope): whoever sees the
second can read the first. The local part of a recipient, up to a `+`, asks for a fault:

    refuse-4xx      RCPT is answered 451
    refuse-5xx      RCPT is answered 550
    cut-after-data  the first mail to this address is kept, and the connection cut instead of an answer
    hang            RCPT is answered after half a minute only
"""

import argparse
import asyncio
import itertools
import json
import logging
import pathlib
import signal
import ssl
import warnings

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

HANG_SECONDS = 30
LARGEST_MAIL = 32 * 1024 * 1024


def main():
    arguments = parse_arguments()
    # aiosmtpd warns of AUTH without STARTTLS, where TLS stands below the whole session.
    warnings.simplefilter("ignore")
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    loop = asyncio.new_event_loop()
    loop.run_until_complete(serve(loop, arguments))


async def serve(loop, arguments):
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(arguments.certificate, arguments.key)
    sink = Sink(arguments.mails)
    login = Login(arguments.user, arguments.password)

    def session(**options):
        return SMTP(
            sink,
            loop=loop,
            hostname="localhost",
            ident="test",
            enable_SMTPUTF8=True,
            data_size_limit=LARGEST_MAIL,
            authenticator=login,
            auth_required=True,
            **options,
        )

    def starttls_session():
        return session(tls_context=tls, require_starttls=True, auth_require_tls=True)

    def tls_session():
        return session(auth_require_tls=False)

    starttls_server = await loop.create_server(starttls_session, "127.0.0.1", 0)
    tls_server = await loop.create_server(tls_session, "127.0.0.1", 0, ssl=tls)
    ports = [server.sockets[0].getsockname()[1] for server in (starttls_server, tls_server)]
    print("ready", *ports, flush=True)

    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    await stopped.wait()


class Login:
    def __init__(self, user, password):
        self.expected = LoginPassword(user.encode(), password.encode())

    def __call__(self, server, session, envelope, mechanism, credentials):
        known = credentials == self.expected
        # What is not handled here is answered 535.
        return AuthResult(success=known, handled=known, auth_data=credentials)


class Sink:
    def __init__(self, mails):
        self.mails = mails
        self.numbers = itertools.count(1)
        self.cut = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        match fault(address):
            case "refuse-4xx":
                return "451 4.3.0 Try again later"
            case "refuse-5xx":
                return "550 5.1.1 No such mailbox"
            case "hang":
                await asyncio.sleep(HANG_SECONDS)
                return "451 4.4.2 That took too long"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        to_cut = {to for to in envelope.rcpt_tos if fault(to) == "cut-after-data"} - self.cut
        number = self.keep(server, envelope, answered=not to_cut)
        if to_cut:
            self.cut |= to_cut
            server.transport.abort()
            # The answer would go to a transport that is gone; the end of the connection ends this task.
            await asyncio.Event().wait()
        return f"250 2.0.0 Kept as {number}"

    def keep(self, server, envelope, answered):
        number = f"{next(self.numbers):06}"
        facts = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "tls": server.transport.get_extra_info("sslcontext") is not None,
            "user": server.session.auth_data.login.decode(),
            "answered": answered,
        }
        (self.mails / f"{number}.eml").write_bytes(envelope.original_content)
        unfinished = self.mails / f"{number}.json.part"
        unfinished.write_text(json.dumps(facts))
        unfinished.rename(self.mails / f"{number}.json")
        return number


def fault(address):
    return address.partition("@")[0].partition("+")[0].lower()


def parse_arguments():
    parser = argparse.ArgumentParser()
    for path in ("--certificate", "--key", "--mails"):
        parser.add_argument(path, type=pathlib.Path, required=True)
    for text in ("--user", "--password"):
        parser.add_argument(text, required=True)
    return parser.parse_args()


if __name__ == "__main__":
    main()
