"""The people of the tests: who may do what, and two departments that do not see each other."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils.translation import override

from departments.access import Role
from departments.models import Area, Department, User
from tests.builders import person
from tests.factories import NOW, AreaFactory, DepartmentFactory


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Texts are compared in English; a test of Vietnamese ones says so."""
    with override("en"):
        yield


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def province(db: None) -> Area:
    return AreaFactory.create()


@pytest.fixture
def department_a(db: None) -> Department:
    return DepartmentFactory.create(
        code="STC", slug="finance", name_vi="Sở Tài chính", name_en="Department of Finance"
    )


@pytest.fixture
def department_b(db: None) -> Department:
    return DepartmentFactory.create(
        code="SYT", slug="health", name_vi="Sở Y tế", name_en="Department of Health"
    )


@pytest.fixture
def editor(db: None) -> User:
    return person(Role.EDITOR, email="editor@example.vn", name="Biên tập viên")


@pytest.fixture
def chief_editor(db: None) -> User:
    return person(Role.CHIEF_EDITOR, email="chief.editor@example.vn", name="Tổng biên tập")


@pytest.fixture
def statistician(db: None) -> User:
    """Without a department, so every indicator is theirs to record."""
    return person(Role.STATISTICIAN, email="statistician@example.vn", name="Thống kê viên")


@pytest.fixture
def coordinator(db: None) -> User:
    return person(Role.COORDINATOR, email="coordinator@example.vn", name="Điều phối viên")


@pytest.fixture
def officer_a(department_a: Department) -> User:
    return person(department=department_a, email="officer.a@example.vn", name="Cán bộ A")


@pytest.fixture
def officer_b(department_b: Department) -> User:
    return person(department=department_b, email="officer.b@example.vn", name="Cán bộ B")


@pytest.fixture
def moderator(db: None) -> User:
    return person(Role.MODERATOR, email="moderator@example.vn", name="Kiểm duyệt viên")


@pytest.fixture
def administrator(db: None) -> User:
    return person(Role.ADMINISTRATOR, email="administrator@example.vn", name="Quản trị viên")


@pytest.fixture
def auditor(db: None) -> User:
    return person(Role.AUDITOR, email="auditor@example.vn", name="Kiểm toán viên")


@pytest.fixture
def visitor() -> AnonymousUser:
    return AnonymousUser()


@pytest.fixture
def client_of(db: None) -> Callable[[User | AnonymousUser], Client]:
    """A browser of this person; a visitor's is signed in nowhere."""

    def browser(user: User | AnonymousUser) -> Client:
        own = Client()
        if isinstance(user, User):
            own.force_login(user)
        return own

    return browser
