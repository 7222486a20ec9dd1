"""Certificates for the TLS tests, made by the openssl command in the folder of one test."""
import os
import ssl
import subprocess


def run_openssl(*arguments):
    done = subprocess.run(["openssl", *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise AssertionError(f"openssl {' '.join(arguments)}: {done.stderr}")


class Authority:
    """Signs certificates for names; NAME.pem and NAME.key lie in its folder."""

    def __init__(self, folder, name="authority"):
        self.folder, self.name = folder, name
        self.certificate = self.path(name + ".pem")
        run_openssl("req", "-x509", *self._new_key(name), "-subj", f"/CN={name}", "-days", "2",
                    "-out", self.certificate)

    def path(self, name):
        return os.path.join(self.folder, name)

    def _new_key(self, name):
        return ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc", "-keyout",
                self.path(name + ".key"))

    def issue(self, name):
        """(certificate file, key file) whose CN is this name, good for 127.0.0.1."""
        run_openssl("req", "-x509", *self._new_key(name), "-subj", f"/CN={name}", "-days", "2",
                    "-addext", "subjectAltName=IP:127.0.0.1", "-CA", self.certificate,
                    "-CAkey", self.path(self.name + ".key"), "-out", self.path(name + ".pem"))
        return self.path(name + ".pem"), self.path(name + ".key")

    def client_context(self, certificate=None):
        """What a client of our server needs: whom to believe, and its own certificate when it has one."""
        context = ssl.create_default_context(cafile=self.certificate)
        if certificate is not None:
            context.load_cert_chain(*certificate)
        return context


def listener_tls(authority, server, mutual=False):
    """The value of `tls` in a [[fix.listener]]."""
    certificate, key = server
    required = f', ca_file = "{authority.certificate}", require_peer_certificate = true' if mutual else ""
    return f'{{ certificate_file = "{certificate}", private_key_file = "{key}"{required} }}'
