from collections.abc import Callable, Iterator

import pytest
import time_machine

from departments.models import User
from tests.factories import NOW


@pytest.fixture
def named(request: pytest.FixtureRequest) -> Callable[[str], User]:
    """A person of the cast by the name of the fixture."""
    return request.getfixturevalue


@pytest.fixture
def still_clock() -> Iterator[None]:
    """The pages read the moment at which the records of the tests were made."""
    with time_machine.travel(NOW, tick=False):
        yield
