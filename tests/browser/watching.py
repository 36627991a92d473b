"""A window of the browser, and what it complained about while somebody used it."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, WebError

SECONDS = 1000
PATIENCE = 45 * SECONDS
"""How long anything may take: a machine at work on other things is slow, not broken."""

REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error("policy", event.violatedDirective, event.blockedURI, event.sourceFile);
});
"""


class Watched:
    """A context of its own, whose errors and violations of the Content-Security-Policy are kept."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.complaints: list[str] = []
        context.set_default_timeout(PATIENCE)
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", self._console)
        context.on("weberror", self._error)
        self.page: Page = context.new_page()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"{message.location.get('url')}: {message.text}")

    def _error(self, error: WebError) -> None:
        self.complaints.append(str(error.error))
