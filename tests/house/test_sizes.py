"""Functions and files stay of a size that a reader holds in mind."""

from statistics import median

from tests.house.project import functions, shown, templates, written_modules

FUNCTION_LIMIT = 50
FILE_LIMIT = 400
TEMPLATE_LIMIT = 150
MEDIAN_FUNCTION_LIMIT = 9


def lengths() -> dict[str, int]:
    """Lines of every function of ours, without its docstring."""
    found = {}
    for path in written_modules():
        for node in functions(path):
            first = node.body[0]
            end = node.end_lineno or node.lineno
            found[f"{shown(path)}:{node.lineno} {node.name}"] = end - first.lineno + 2
    return found


def test_no_function_is_too_long() -> None:
    assert {name: n for name, n in lengths().items() if n > FUNCTION_LIMIT} == {}


def test_most_functions_are_short() -> None:
    assert median(lengths().values()) <= MEDIAN_FUNCTION_LIMIT


def test_no_file_is_too_long() -> None:
    counted = {shown(path): len(path.read_text().splitlines()) for path in written_modules()}
    assert {name: n for name, n in counted.items() if n > FILE_LIMIT} == {}


def test_no_template_is_too_long() -> None:
    counted = {shown(path): len(path.read_text().splitlines()) for path in templates()}
    assert {name: n for name, n in counted.items() if n > TEMPLATE_LIMIT} == {}
