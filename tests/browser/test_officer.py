"""An officer reports from a phone, the office confirms, and everybody sees it."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from departments.models import User
from indicators.periods import day_in_province
from tests import builders
from tests.browser.conftest import PHONE, Open, SignIn
from tests.factories import TaskFactory

TITLE = "Build the bridge over the river"


def test_work_is_reported_confirmed_and_shown(
    open_window: Open, sign_in: SignIn, officer_a: User, coordinator: User
) -> None:
    deadline = day_in_province(timezone.now()) + timedelta(days=30)
    task = TaskFactory.create(title_en=TITLE, deadline=deadline)
    builders.assignment(task, department=officer_a.memberships.get().department, by=coordinator)

    officer = sign_in(officer_a, width=PHONE)
    expect(officer).to_have_url("/en/workspace/")
    officer.get_by_role("link", name=f"Open and report {TITLE}").click()
    officer.get_by_label("What was done").fill("The pillars stand.")
    officer.get_by_label("Percent done").fill("40")
    officer.get_by_role("button", name="Report progress").click()
    expect(officer.get_by_text("Your report is saved.")).to_be_visible()
    expect(officer.locator(".verdict-line")).to_contain_text("40%")
    officer.get_by_label("What was done").fill("The bridge is open.")
    officer.get_by_role("button", name="Report done").click()
    expect(officer.get_by_text("Reported done. The office will confirm it")).to_be_visible()

    office = sign_in(coordinator)
    expect(office).to_have_url("/admin/")
    office.goto("/en/workspace/")
    office.get_by_role("link", name=f"Confirm or return {TITLE}").click()
    expect(office.get_by_text("The bridge is open.").first).to_be_visible()
    office.get_by_role("button", name="Confirm", exact=True).click()
    expect(office.get_by_text("Confirmed: the assignment is completed.")).to_be_visible()

    public = open_window(width=PHONE).page
    public.goto(f"/en/tasks/{task.pk}/")
    row = public.get_by_role("row").filter(has_text="Department of Finance")
    expect(row).to_contain_text("Completed")
    expect(row).to_contain_text("Done on time")
    expect(row).to_contain_text("100%")
