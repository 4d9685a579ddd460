"""The order of the test files: the longest first, so that no processor waits for one of them at the end."""

import pytest

LONGEST = (
    "end_to_end/test_real_days.py",
    "end_to_end/test_newsroom.py",
    "mirror/test_mirror_kills.py",
    "publish/test_editions_killed.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.path.as_posix().endswith(LONGEST))
