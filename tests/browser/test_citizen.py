"""A citizen follows a number to the sentence that set it, and back."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from tests import builders
from tests.browser.conftest import PHONE, Open
from tests.factories import GROWTH_EN, GROWTH_VI, IndicatorFactory
from tests.visiting import BOTH

FILLER = {
    "vi": "Đoạn văn thứ {} nói về những việc khác của tỉnh trong năm.",
    "en": "Paragraph {} is about other work of the province in the year.",
}
SENTENCES = {"vi": GROWTH_VI, "en": GROWTH_EN}
WORDS = {"vi": "đạt trên 10,5%", "en": "over 10.5%"}
NAMES = {"vi": "Tốc độ tăng trưởng kinh tế", "en": "Economic growth"}


@BOTH
def test_number_leads_to_its_sentence_and_back(open_window: Open, language: str) -> None:
    sentence = SENTENCES[language]
    around = [FILLER[language].format(number) for number in range(60)]
    article = builders.draft_article(*around[:40], sentence, *around[40:], language=language)
    growth = IndicatorFactory.create(name_vi=NAMES["vi"], name_en=NAMES["en"])
    version = builders.target_version(
        article, sentence, words=WORDS[language], indicator=growth, at=timezone.now()
    )
    builders.publish(article, at=timezone.now() - timedelta(days=1))
    builders.figure(growth, "7.34", at=timezone.now())
    page = open_window(width=PHONE, language=language).page

    page.goto("/")
    expect(page).to_have_url(f"/{language}/")
    page.locator(".ledger").get_by_role("link", name=NAMES[language], exact=True).click()
    expect(page).to_have_url(f"/{language}/targets/{version.target_id}/")
    page.locator("#sentence .quote a").click()
    expect(page).to_have_url(f"/{language}/news/{article.slug}/#version-{version.pk}")
    marked = page.locator("mark:target")
    expect(marked).to_have_text(WORDS[language])
    expect(marked).to_be_in_viewport(ratio=1)
    assert page.evaluate("scrollY") > 0
    marked.locator("xpath=following-sibling::a[1]").click()
    card = page.locator("li:target")
    expect(card).to_be_in_viewport()
    card.get_by_role("link", name=NAMES[language]).click()

    expect(page).to_have_url(f"/{language}/targets/{version.target_id}/")
