"""Record layouts as data: what stands where in a file that comes in or leaves, and how far we know it."""

from pipelines.layout.layout import Item, Layout, load_layout, source_layouts
from pipelines.layout.xml_form import Envelope, XmlForm, envelope, xml_form

__all__ = ["Envelope", "Item", "Layout", "XmlForm", "envelope", "load_layout", "source_layouts", "xml_form"]
