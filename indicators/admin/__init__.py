"""The admin of what is measured, promised and counted; each record in a file of its own."""

from indicators.admin import batch, claim, indicator, observation, plan, source, target

__all__ = ["batch", "claim", "indicator", "observation", "plan", "source", "target"]
