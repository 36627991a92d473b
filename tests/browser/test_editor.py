"""An editor writes, picks the sentence that sets a target, and publishes both."""

from playwright.sync_api import Page, expect

from departments.models import Area, User
from indicators.models import Target, TargetVersion
from news.models import Article
from tests import builders
from tests.browser.conftest import Open, SignIn
from tests.factories import GROWTH_VI, IndicatorFactory, PlanFactory, SourceFactory

TYPED = "Câu này vừa được viết thêm."


def pick(page: Page, field: str, name: str) -> None:
    """Choose in a field that looks records up as one types."""
    page.locator(f"[name={field}] + .select2 [role=combobox]").click()
    page.locator(".select2-search__field").fill(name)
    page.get_by_role("option", name=name).click()


def test_target_is_set_and_published(
    open_window: Open, sign_in: SignIn, editor: User, province: Area
) -> None:
    article = builders.draft_article("Hội nghị đã họp.", GROWTH_VI)
    growth = IndicatorFactory.create(name_en="Economic growth")
    plan, source = PlanFactory.create(), SourceFactory.create()
    page = sign_in(editor)

    page.goto(f"/admin/news/article/{article.pk}/change/")
    text = page.locator("[contenteditable=true]")
    text.click()
    text.press("Control+End")
    text.press("Enter")
    text.press_sequentially(TYPED)
    page.get_by_role("button", name="Add another target").click()
    page.locator("[name=targets-0-sentence]").select_option(label=GROWTH_VI)
    expect(page.locator("[name=targets-0-words]")).to_have_value(GROWTH_VI)
    pick(page, "targets-0-indicator", growth.name)
    pick(page, "targets-0-plan", plan.name)
    pick(page, "targets-0-source", source.name)
    page.locator("[name=targets-0-period]").fill("2025")
    page.locator("[name=targets-0-comparator]").select_option("gt")
    page.locator("[name=targets-0-value]").fill("10,5")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    expect(page.locator("[contenteditable=true]")).to_contain_text(TYPED)
    assert TargetVersion.objects.get().known is None
    page.get_by_role("button", name="Save and publish…").click()
    expect(page.get_by_text("Economic growth")).to_be_visible()
    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_text("Published. Readers see it now.")).to_be_visible()

    reader = open_window().page
    reader.goto(f"/en/targets/{Target.objects.get().pk}/")
    expect(reader.locator("#sentence blockquote")).to_contain_text(GROWTH_VI)
    assert TYPED in Article.objects.get().body
