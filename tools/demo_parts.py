"""The parts of the demo's supervisor: its programs, ports, configuration and single-instance lock."""
import collections
import fcntl
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time

# What the templates call the ports, and the number each has when it is free.
PORTS = {"CLIENT_PORT": 9880, "VENUE42_PORT": 9871, "VENUE44_PORT": 9872}
STOP_SECONDS = 5     # for a venue, and for what an earlier demo left
LAST_LINES = 20      # shown when a program died


def say(text=""):
    """To the terminal. When nobody reads any more, the demo stops as on Ctrl-C."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        os.kill(os.getpid(), signal.SIGTERM)


class DemoFault(Exception):
    """Something an operator must be told; the demo stops with exit status 1."""


class Child:
    """A program of the demo. Its output goes to its log and, with its end, to the events queue."""

    def __init__(self, name, command, root, log_path, events):
        self.name, self.events = name, events
        self.ready = False  # said a line that begins with "ready"
        self.gone = False   # ended, and everything it said was shown
        self.last = collections.deque(maxlen=LAST_LINES)
        self._log = open(log_path, "w", encoding="utf-8")
        try:
            # Its own session, so that Ctrl-C in the terminal reaches only this script, which keeps the order.
            self.process = subprocess.Popen(
                command, cwd=root, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                text=True, errors="replace", bufsize=1, start_new_session=True)
        except OSError as error:
            raise DemoFault(f"{name} could not be started: {error}") from error
        self._readers = [threading.Thread(target=self._read, args=(stream, kind), daemon=True)
                         for stream, kind in ((self.process.stdout, "line"), (self.process.stderr, "error"))]
        for thread in (*self._readers, threading.Thread(target=self._wait, daemon=True)):
            thread.start()

    def _read(self, stream, kind):
        for line in stream:
            line = line.rstrip("\n")
            self.last.append(line)
            self._log.write(line + "\n")
            self._log.flush()
            self.events.put((kind, self, line))

    def _wait(self):
        self.process.wait()
        for reader in self._readers:
            reader.join(1)  # A grandchild may hold the pipe open; its words are not waited for.
        self.events.put(("exit", self, self.process.returncode))

    def send(self, number):
        if self.process.poll() is None:
            self.process.send_signal(number)

    def obituary(self):
        code = self.process.returncode
        how = f"exit code {code}" if code >= 0 else f"signal {signal.Signals(-code).name}"
        last = "".join(f"\n    {line}" for line in self.last) or " (none)"
        return f"{self.name} ended by itself, {how}. Its last lines:{last}"


def is_free(port):
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen(1)
        except OSError:
            return False
    return True


def choose_ports():
    """A free loopback port for each name, the default where it is free."""
    chosen = {}
    for name, default in PORTS.items():
        port = default
        while not is_free(port) or port in chosen.values():
            with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as any_port:
                any_port.bind(("127.0.0.1", 0))
                port = any_port.getsockname()[1]
        if port != default:
            say(f"Port {default} ({name.lower().replace('_port', '')}) is taken; using {port}.")
        chosen[name] = port
    return chosen


def write_configuration(templates, folder, values):
    """Fills every template into the demo's folder. A placeholder nobody knows is a fault."""
    if not os.path.isdir(templates):
        raise DemoFault(f"{templates} is missing: the demo's configuration templates belong there")
    for name in sorted(os.listdir(templates)):
        if name.endswith(".md") or not os.path.isfile(os.path.join(templates, name)):
            continue
        with open(os.path.join(templates, name), encoding="utf-8") as file:
            text = file.read()
        for key, value in values.items():
            text = text.replace(f"@{key}@", str(value))
        unknown = re.search(r"@[A-Z][A-Z0-9_]*@", text)
        if unknown:
            line = text.count("\n", 0, unknown.start()) + 1
            known = ", ".join(f"@{key}@" for key in values)
            what = unknown.group(0)
            raise DemoFault(f"{templates}/{name}:{line}: unknown placeholder {what}; known: {known}")
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)


class Instance:
    """The one demo of a folder: a lock while it runs, and process ids to clean up after a killed one."""

    def __init__(self, folder):
        self._pid_path = os.path.join(folder, "demo.pid")
        self._folder = folder
        self._lock = open(os.path.join(folder, "demo.lock"), "a", encoding="utf-8")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DemoFault(f"The demo already runs (process {self._recorded().get('demo', '?')}). "
                            "Stop it with Ctrl-C or kill.") from None
        self._clean_up()

    def _recorded(self):
        try:
            with open(self._pid_path, encoding="utf-8") as file:
                return json.load(file)
        except (OSError, ValueError):
            return {}

    def _is_ours(self, pid):
        """Whether it still runs with our configuration: a bare number may be someone else's by now."""
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as file:
                return os.fsencode(self._folder + os.sep) in file.read()
        except OSError:
            return False

    def _clean_up(self):
        recorded = self._recorded()
        if recorded:
            say(f"An earlier demo (process {recorded.pop('demo', '?')}) ended without stopping; cleaning up.")
        for number in (signal.SIGTERM, signal.SIGKILL):
            left = {name: pid for name, pid in recorded.items() if self._is_ours(pid)}
            for name, pid in left.items():
                say(f"Stopping its {name} (process {pid}).")
                os.kill(pid, number)
            deadline = time.monotonic() + STOP_SECONDS
            while any(self._is_ours(pid) for pid in left.values()) and time.monotonic() < deadline:
                time.sleep(0.05)

    def record(self, children):
        pids = {"demo": os.getpid(), **{child.name: child.process.pid for child in children}}
        with open(self._pid_path, "w", encoding="utf-8") as file:
            json.dump(pids, file)

    def end(self):
        if os.path.exists(self._pid_path):
            os.remove(self._pid_path)
