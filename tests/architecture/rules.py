"""The rules of the house that no linter knows: each takes a path and a source and returns the offences in it.

test_rules.py shows every rule something that breaks it; test_house.py shows every rule the whole project.
"""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from tests.architecture.source import PRODUCT, Offence, dotted, is_under, names_used, nodes_of, tree_of

Rule = Callable[[str, str], list[Offence]]

MAY_COMMIT = {
    "journal/unit_of_work.py": "the one commit",
    "journal/editorial/work.py": "ends each request by asking the unit of work to commit",
    "journal/editorial/access_log.py": "asks the unit of work to commit who read what is withheld, after the page",
    "journal/demonstration/history.py": "makes the accounts of the cast, as an operator does by the command line",
    "journal/cli.py": "asks the unit of work to commit what an operator typed",
    "journal/dossier/clock.py": "asks the unit of work to commit each step that fell due",
    "journal/dossier/comparing_texts.py": "asks the unit of work to commit that a comparison began, and that it ended",
    "journal/dossier/unconfirmed.py": "asks the unit of work to commit that officers were written to",
    "journal/work_off.py": "asks the unit of work to commit around each job",
    "journal/notices/delivery.py": "asks the unit of work to commit once a letter is handed over",
    "journal/production/press.py": "asks the unit of work to commit each step that a page shows",
    "journal/production/identities.py": "asks the unit of work to commit names before anything is printed with them",
    "journal/production/papers.py": "asks the unit of work to commit each paper that was printed",
    "journal/production/sealing.py": "asks the unit of work to commit the seal",
    "journal/production/static_copy.py": "asks the unit of work to commit where a copy is",
    "journal/production/overlapping.py": "asks the unit of work to commit what officers are told",
    "journal/production/stopping.py": "asks the unit of work to commit that a release was stopped",
    "journal/production/shelving.py": "asks the unit of work to commit what the public store holds",
    "journal/production/schedule.py": "asks the unit of work to commit that a release is asked for",
    "storage/migrations/env.py": "a migration runs by itself, before there is a unit of work",
    "storage/snapshot/writing.py": "a release is a new file of its own, not the editorial database",
}
MAY_BE_LONG = re.compile(
    r"storage/migrations/versions/"  # written by Alembic
    r"|templates/static/(vendor/|.*\.min\.|nullius\.css$)"  # other people's work, and the one stylesheet
)
LINES = 300
VIEW_LINES = 15
VAGUE = {"util", "utils", "helper", "helpers", "common", "base", "manager", "managers", "service", "services"}
CLOCKS = {
    *("datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today", "datetime.date.today"),
    *("time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.ctime", "time.clock_gettime"),
    *("sqlalchemy.func.now", "sqlalchemy.func.current_timestamp"),
}
RANDOM = re.compile(
    r"(secrets|random)(\..*)?|uuid\.uuid(1|4|6|7)|os\.(urandom|getrandom)|cryptography\..*\.generate(_private)?_key"
)
IMPURE = {
    *("asyncio", "ctypes", "http", "io", "logging", "multiprocessing", "os", "pathlib", "pickle", "random", "secrets"),
    *("shutil", "signal", "socket", "sqlite3", "subprocess", "sys", "tempfile", "threading", "time", "urllib", "uuid"),
}
PERSONAL_PATH = re.compile(r"(?<![\w.:/}])/(?:work|root|tmp|home/\w+|Users/\w+)/")


def one_commit(path: str, source: str) -> list[Offence]:
    """Only the unit of work ends a transaction; `begin()` as a context commits too."""
    if not is_under(path, *PRODUCT) or path in MAY_COMMIT:
        return []
    words = "only journal/unit_of_work.py commits: flush here, or pass the work to it"
    ends = {"commit", "begin"}
    return [
        Offence(n.lineno, words) for n in calls(source) if isinstance(n.func, ast.Attribute) and n.func.attr in ends
    ]


def one_clock(path: str, source: str) -> list[Offence]:
    """Only the unit of work reads the clock, the database's included."""
    if not is_under(path, *PRODUCT) or path == "journal/unit_of_work.py":
        return []
    return [
        Offence(n, f"{name} reads the clock: take `now` as an argument")
        for n, name in names_used(source)
        if name in CLOCKS
    ]


def one_randomness(path: str, source: str) -> list[Offence]:
    """Only storage/randomness.py draws: whoever needs randomness is handed it, and labels it."""
    if not is_under(path, *PRODUCT) or path == "storage/randomness.py":
        return []
    words = "draws by itself: take a storage.randomness.Randomness"
    return [Offence(n, f"{name} {words}") for n, name in names_used(source) if RANDOM.fullmatch(name)]


def one_writer_of_a_stage(path: str, source: str) -> list[Offence]:
    """Only the ledger writes a stage, by attribute, by name or in bulk."""
    if not is_under(path, *PRODUCT) or path == "storage/ledger.py":
        return []
    return [Offence(line, "only storage/ledger.py writes a stage") for line in stages_written(source)]


def stages_written(source: str) -> Iterator[int]:
    """Yield the lines where something's stage is written."""
    for node in nodes_of(source):
        if (isinstance(node, ast.Attribute) and assigns_stage(node)) or (
            isinstance(node, ast.Call) and writes_stage(node)
        ):
            yield node.lineno


def assigns_stage(attribute: ast.Attribute) -> bool:
    """Say whether an attribute is a stage on the left of an assignment."""
    return attribute.attr == "stage" and isinstance(attribute.ctx, ast.Store)


def writes_stage(call: ast.Call) -> bool:
    """Say whether a call is setattr(x, "stage", ...), or values() or update() of a stage by keyword or key."""
    name = dotted(call.func).rpartition(".")[2] or getattr(call.func, "attr", "")
    if name in {"setattr", "__setattr__"}:
        return any(isinstance(a, ast.Constant) and a.value == "stage" for a in call.args)
    if name not in {"values", "update"}:
        return False
    keys = [key for a in call.args if isinstance(a, ast.Dict) for key in a.keys if key is not None]
    return any(k.arg == "stage" for k in call.keywords) or any(names_stage(key) for key in keys)


def names_stage(key: ast.expr) -> bool:
    """Say whether a dictionary's key is "stage" or a column of that name."""
    return (isinstance(key, ast.Constant) and key.value == "stage") or (
        isinstance(key, ast.Attribute) and key.attr == "stage"
    )


def short_files(path: str, source: str) -> list[Offence]:
    """A file stays under 300 lines, code, template and stylesheet alike."""
    counted = is_under(path, *PRODUCT, "tests", "bench") and PurePosixPath(path).suffix in {
        ".py",
        ".html",
        ".css",
        ".js",
    }
    lines = len(source.splitlines())
    if not counted or MAY_BE_LONG.match(path) or lines < LINES:
        return []
    return [Offence(lines, f"{lines} lines: divide it, a file stays under {LINES}")]


def telling_names(path: str, source: str) -> list[Offence]:
    """No file, folder or class is called utils, helpers, common, base, manager or service."""
    if not is_under(path, *PRODUCT, "tests", "bench"):
        return []
    found = [Offence(1, f"'{word}' in a path says nothing") for word in re.split(r"[^a-z]+", path) if word in VAGUE]
    if not path.endswith(".py"):
        return found
    classes = [n for n in nodes_of(source) if isinstance(n, ast.ClassDef)]
    vague = [c for c in classes if VAGUE & {word.lower() for word in re.findall(r"[A-Z][a-z]*", c.name)}]
    return found + [Offence(c.lineno, f"'{c.name}' says nothing of what it is") for c in vague]


def no_place_of_work(path: str, source: str) -> list[Offence]:
    """No text names a folder of the machine it was written on."""
    words = "a path of one machine: write it from the project's root, or take it from a setting"
    lines = enumerate(source.splitlines(), 1)
    return [Offence(n, words) for n, line in lines if PERSONAL_PATH.search(line) and not line.startswith("#!")]


def modules_say_what_they_are_for(path: str, source: str) -> list[Offence]:
    """Every module that holds anything begins with a docstring (ruff asks it of functions and classes)."""
    if not path.endswith(".py") or not source.strip() or ast.get_docstring(tree_of(source)):
        return []
    return [Offence(1, "a module begins with a sentence that says what it is for")]


def workflows_only_decide(path: str, source: str) -> list[Offence]:
    """workflows/ imports the standard library and itself, and of the former nothing that reads, writes or waits."""
    if not is_under(path, "workflows"):
        return []
    found = []
    for line, name in names_used(source):
        top = name.partition(".")[0]
        if (top != "workflows" and top not in sys.stdlib_module_names) or top in IMPURE:
            found.append(Offence(line, f"workflows only decides: {top} has no place here"))
    opened = [n for n in calls(source) if dotted(n.func) in {"open", "input", "print"}]
    return found + [Offence(n.lineno, "workflows neither reads nor writes") for n in opened]


def actions_know_no_web(path: str, source: str) -> list[Offence]:
    """A feature's actions can be called without a request: they import no Flask, Werkzeug or WTForms."""
    if not (is_under(path, "journal") and PurePosixPath(path).name == "actions.py"):
        return []
    web = re.compile(r"(flask\w*|werkzeug|wtforms)(\..*)?")
    return [Offence(n, f"actions know no {name}") for n, name in names_used(source) if web.fullmatch(name)]


def short_views(path: str, source: str) -> list[Offence]:
    """A view is at most 15 lines: what it decides belongs in actions, what it shows in a template."""
    if not is_under(path, "journal"):
        return []
    functions = [n for n in nodes_of(source) if isinstance(n, ast.FunctionDef) and any(map(routes, n.decorator_list))]
    words = f"a view is at most {VIEW_LINES} lines: move what it decides into actions"
    return [Offence(f.lineno, words) for f in functions if (f.end_lineno or 0) - f.lineno + 1 > VIEW_LINES]


def routes(decorator: ast.expr) -> bool:
    """Say whether a decorator binds a function to an address: @pages.get("/..."), @pages.route("/...")."""
    if not (isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Attribute)):
        return False
    return decorator.func.attr in {"route", "get", "post", "put", "delete"}


def calls(source: str) -> list[ast.Call]:
    """Return every call in a source."""
    return [n for n in nodes_of(source) if isinstance(n, ast.Call)]


RULES_OF_CODE: tuple[Rule, ...] = (
    one_commit,
    one_clock,
    one_randomness,
    one_writer_of_a_stage,
    modules_say_what_they_are_for,
    workflows_only_decide,
    actions_know_no_web,
    short_views,
)
RULES_OF_TEXT: tuple[Rule, ...] = (short_files, telling_names, no_place_of_work)
