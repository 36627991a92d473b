"""The ties between the apps in the admin: what hangs on an article, and on a target."""

from portal.admin import article, document, target

__all__ = ["article", "document", "target"]
