"""A PostgreSQL 15 of the tests' own, on a socket in a folder of its own."""
import os
import shutil
import subprocess
import tempfile
import time

PROGRAMS = "/usr/lib/postgresql/15/bin"
SECONDS = 30
AS_POSTGRES = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


def why_not():
    """Why there can be no server here; nothing when there can."""
    if not os.path.exists(os.path.join(PROGRAMS, "initdb")):
        return "no server of PostgreSQL 15 is installed (postgresql-15)"
    tried = subprocess.run([*AS_POSTGRES, "true"], capture_output=True, check=False)
    if tried.returncode != 0:
        return "root may not run a server, and there is no user postgres"
    return None


class Server:
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="penstock-pg-")
        if AS_POSTGRES:
            shutil.chown(self.folder, "postgres")
        self._run("initdb", "-D", self._data(), "-U", "penstock", "--auth=trust", "--no-sync")
        with open(self._data("postgresql.conf"), "a", encoding="utf-8") as file:
            file.write("fsync=off\nlisten_addresses=''\nport=15432\n"
                       f"unix_socket_directories='{self.folder}'\n")
        self._run("pg_ctl", "-D", self._data(), "-w", "-l", os.path.join(self.folder, "log"), "start")
        self.connection = f"host={self.folder} port=15432 user=penstock dbname=postgres"

    def _data(self, *names):
        return os.path.join(self.folder, "data", *names)

    @staticmethod
    def _run(program, *arguments):
        subprocess.run([*AS_POSTGRES, os.path.join(PROGRAMS, program), *arguments], cwd="/", check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=SECONDS * 2)

    def close(self):
        self._run("pg_ctl", "-D", self._data(), "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def begin(self, *statements):
        """psql with these statements, under way."""
        words = [word for statement in statements for word in ("-c", statement)]
        return subprocess.Popen(["psql", "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", *words,
                                 self.connection],
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def ask(self, *statements):
        """What they answer, a string a line. They wait for no standby of their own."""
        asked = self.begin("SET synchronous_commit = local", *statements)
        answer, said = asked.communicate(timeout=SECONDS)
        if asked.returncode != 0:
            raise AssertionError(said)
        return answer.split("\n")[:-1]

    def wait_until(self, condition):
        deadline = time.monotonic() + SECONDS
        while self.ask(f"SELECT 1 WHERE {condition}") != ["1"]:
            if time.monotonic() > deadline:
                raise AssertionError(f"never true: {condition}")

    def set_standbys(self, names):
        self.ask(f"ALTER SYSTEM SET synchronous_standby_names = '{names}'", "SELECT pg_reload_conf()")
        self.wait_until(f"current_setting('synchronous_standby_names') = '{names}'")
