"""What the lint scripts share: which files there are, C++ text without comments, and how to report."""
import argparse
import os
import re
import subprocess
import sys

# Top folder (or oms/ subfolder) -> room. A room is the unit of every rule about folders.
ROOMS = ("oms/domain", "oms/ports", "oms/engine", "marketdata", "risk", "router", "algos", "persistence",
         "fix", "gateways", "compliance", "admin", "config", "apps", "tests", "bench")

CPP_SUFFIXES = (".hpp", ".cpp", ".h", ".cc")
NOT_OURS = ("build", "var", "node_modules", ".git", "__pycache__")


def room_of(path):
    """The room a path from the repository root lies in, or None."""
    for room in ROOMS:
        if path == room or path.startswith(room + "/"):
            return room
    return None


def _git_files(root):
    """Tracked files and new ones git does not ignore; None when this is not a git checkout."""
    def git(*arguments):
        command = ["git", "-C", root, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout
    try:
        if os.path.realpath(git("rev-parse", "--show-toplevel").strip()) != os.path.realpath(root):
            return None
        return [name for name in git("ls-files", "-co", "--exclude-standard", "-z").split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        return None


def _walked_files(root):
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in NOT_OURS and not name.startswith("build")]
        found += [os.path.relpath(os.path.join(folder, name), root) for name in names]
    return found


def files(root):
    """Every file of the project as a path from the root, sorted."""
    names = _git_files(root)
    if names is None:
        names = _walked_files(root)
    return sorted(set(name for name in names if os.path.isfile(os.path.join(root, name))))


def cpp_files(root):
    return [name for name in files(root) if name.endswith(CPP_SUFFIXES)]


def read(root, name):
    """The text of a file, or None when it is not text."""
    with open(os.path.join(root, name), "rb") as file:
        data = file.read()
    if b"\0" in data[:4096]:
        return None
    return data.decode("utf-8", errors="replace")


def is_generated(text):
    head = "\n".join(text.splitlines()[:5]).lower()
    return "generated" in head and "do not edit" in head


_TOKEN = re.compile(
    r'(?P<raw>R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)")'
    r'|(?P<line>//(?:[^\\\n]|\\.|\\\n)*)'
    r'|(?P<block>/\*.*?\*/)'
    r'|(?P<text>"(?:[^"\\\n]|\\.)*")'
    r"|(?P<char>(?<![0-9A-Fa-f])'(?:[^'\\\n]|\\.)+')", re.DOTALL)


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


def code_only(text):
    """C++ with comments blanked and literals emptied, every line where it was. Include lines stay whole."""
    def replace(match):
        whole = match.group(0)
        if match.group("text") and _in_include(text, match.start()):
            return whole
        if match.group("line") or match.group("block"):
            return _blank(whole)
        return '"' + _blank(whole[1:-1]) + '"'
    return _TOKEN.sub(replace, text)


def _in_include(text, at):
    start = text.rfind("\n", 0, at) + 1
    return re.match(r"\s*#\s*include\s*$", text[start:at]) is not None


def comments_only(text):
    """C++ with everything but the comments blanked."""
    kept = list(_blank(text))
    for match in _TOKEN.finditer(text):
        if match.group("line") or match.group("block"):
            kept[match.start():match.end()] = match.group(0)
    return "".join(kept)


_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', re.MULTILINE)


def includes(text):
    """(line number, path, quoted?) of each include."""
    code = code_only(text)
    return [(code.count("\n", 0, match.start(1)) + 1, match.group(2), match.group(1) == '"')
            for match in _INCLUDE.finditer(code)]


def line_of(text, at):
    return text.count("\n", 0, at) + 1


def parser(description):
    made = argparse.ArgumentParser(description=description)
    made.add_argument("--root", default=os.path.dirname(os.path.dirname(os.path.abspath(__file__))),
                      help="the repository to check (default: the one this script lies in)")
    return made


def finish(name, problems, notes=()):
    """Prints what was found and ends the script: 0 when there is nothing to mend, else 1."""
    for note in notes:
        print(f"note: {note}")
    for problem in problems:
        print(problem)
    if problems:
        print(f"{name}: {len(problems)} to mend", file=sys.stderr)
    sys.exit(1 if problems else 0)
