"""The admin of what is measured, promised and counted; each record in a file of its own."""

from indicators.admin import claim, indicator, observation, plan, source, target

__all__ = ["claim", "indicator", "observation", "plan", "source", "target"]
