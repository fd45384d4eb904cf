"""Killed anywhere, run again: the same state. One process is killed at every registered write point."""
