"""Tests of the notices: what they say, how they look, who gets one."""
