"""What `smtp_sink.py` promises, asked by another implementation's client; tests/all.rs runs it."""

import json
import os
import pathlib
import smtplib
import ssl
import sys

HOST = os.environ["TEST_SMTP_HOST"]
MAILS = pathlib.Path(os.environ["TEST_SMTP_MAILS"])
LOGIN = os.environ["TEST_SMTP_USER"], os.environ["TEST_SMTP_PASSWORD"]
TLS = ssl.create_default_context(cafile=os.environ["TEST_SMTP_CA"])


def starttls():
    client = smtplib.SMTP(HOST, int(os.environ["TEST_SMTP_STARTTLS_PORT"]), timeout=30)
    client.starttls(context=TLS)
    return client


def tls():
    return smtplib.SMTP_SSL(HOST, int(os.environ["TEST_SMTP_TLS_PORT"]), timeout=30, context=TLS)


def kept_by_starttls():
    with starttls() as client:
        client.login(*LOGIN)
        send(client, "starttls@sink.example")
    check_kept("starttls@sink.example", answered=[True])


def kept_by_tls():
    with tls() as client:
        client.login(*LOGIN)
        send(client, "tls@sink.example")
    check_kept("tls@sink.example", answered=[True])


def no_mail_without_tls():
    client = smtplib.SMTP(HOST, int(os.environ["TEST_SMTP_STARTTLS_PORT"]), timeout=30)
    client.ehlo()
    assert not client.has_extn("auth")
    assert client.mail("a@sink.example")[0] == 530
    client.quit()


def no_mail_without_login():
    for connect in (starttls, tls):
        with connect() as client:
            client.ehlo()
            assert client.mail("a@sink.example")[0] == 530


def no_login_with_another_password():
    for connect in (starttls, tls):
        with connect() as client:
            try:
                client.login(LOGIN[0], "wrong")
            except smtplib.SMTPAuthenticationError as refusal:
                assert refusal.smtp_code == 535
            else:
                raise AssertionError("a wrong password was taken")


def refusals():
    for local_part, code in (("refuse-4xx", 451), ("refuse-5xx+tag", 550)):
        with starttls() as client:
            client.login(*LOGIN)
            client.mail("a@sink.example")
            assert client.rcpt(f"{local_part}@sink.example")[0] == code


def cut_after_data_once():
    for connect in (starttls, tls):
        to = f"cut-after-data+{connect.__name__}@sink.example"
        client = connect()
        client.login(*LOGIN)
        try:
            send(client, to)
        except (smtplib.SMTPServerDisconnected, OSError):
            pass
        else:
            raise AssertionError("the connection was not cut")
        with connect() as client:
            client.login(*LOGIN)
            send(client, to)
        check_kept(to, answered=[False, True])


def hang():
    client = starttls()
    client.login(*LOGIN)
    client.mail("a@sink.example")
    client.sock.settimeout(0.5)
    try:
        client.rcpt("hang@sink.example")
    except (smtplib.SMTPServerDisconnected, TimeoutError):
        return
    raise AssertionError("the answer came at once")


def send(client, to):
    client.sendmail("a@sink.example", to, f"To: {to}\r\nSubject: Hello\r\n\r\n.A dot leads\r\n")


def check_kept(to, answered):
    kept = []
    for path in sorted(MAILS.glob("*.json")):
        facts = json.loads(path.read_text())
        if facts["to"] == [to]:
            assert facts["from"] == "a@sink.example" and facts["tls"] and facts["user"] == LOGIN[0], facts
            assert path.with_suffix(".eml").read_bytes().endswith(b"\r\n\r\n.A dot leads\r\n")
            kept.append(facts["answered"])
    assert kept == answered, kept


for promise in sys.argv[1:]:
    globals()[promise]()
