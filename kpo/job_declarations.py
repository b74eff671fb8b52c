"""What a task says of itself: when it runs by the clock, what it is called, what it forgets."""

from collections.abc import Callable
from typing import Any

from django_tasks.base import Task

_periodic: dict[str, tuple[Task[Any, Any], str]] = {}
_labels: dict[str, str] = {}
_forgetful: set[str] = set()


def periodic(*, cron: str) -> Callable[[Task[Any, Any]], Task[Any, Any]]:
    """Also run this task by the clock, UTC; stands above `@task()`. The task takes no arguments."""

    def declare(task: Task[Any, Any]) -> Task[Any, Any]:
        _periodic[task.module_path] = (task, cron)
        return task

    return declare


def periodic_tasks() -> dict[str, tuple[Task[Any, Any], str]]:
    """Dotted path of each periodic task → the task and its cron expression."""
    return dict(_periodic)


def name(label: str) -> Callable[[Task[Any, Any]], Task[Any, Any]]:
    """What this task does, in Dutch, for the list of failed jobs; stands above `@task()`."""

    def declare(task: Task[Any, Any]) -> Task[Any, Any]:
        _labels[task.module_path] = label
        return task

    return declare


def forgetful(task: Task[Any, Any]) -> Task[Any, Any]:
    """Drop the arguments of this task once it is done, and the job days after it failed for good.

    For arguments that say something about a person; stands above `@task()`.
    """
    _forgetful.add(task.module_path)
    return task


def forgetful_tasks() -> frozenset[str]:
    """Dotted paths of the forgetful tasks."""
    return frozenset(_forgetful)


def label_of(path: str) -> str:
    return _labels.get(path, path)
