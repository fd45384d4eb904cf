"""The synthetic town: residents, employers, jobs and what a municipality receives about them. Nobody in it exists."""

from pipelines.town.make import make_town
from pipelines.town.summary import TownSummary

__all__ = ["TownSummary", "make_town"]
