"""Record layouts as data: what stands where in a file that comes in or leaves, and how far we know it."""

from pipelines.layout.layout import Item, Layout, load_layout, source_layouts

__all__ = ["Item", "Layout", "load_layout", "source_layouts"]
