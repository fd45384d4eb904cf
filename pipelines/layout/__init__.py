"""Record layouts as data: what stands where in a file that comes in or leaves, and how far we know it."""

from pipelines.layout.etax_form import EtaxDelivery, EtaxForm, delivery, etax_forms
from pipelines.layout.fixed_form import FixedForm, fixed_form
from pipelines.layout.layout import Item, Layout, load_layout, source_layouts
from pipelines.layout.xml_form import Envelope, XmlForm, envelope, xml_form

__all__ = [
    "Envelope",
    "EtaxDelivery",
    "EtaxForm",
    "FixedForm",
    "Item",
    "Layout",
    "XmlForm",
    "delivery",
    "envelope",
    "etax_forms",
    "fixed_form",
    "load_layout",
    "source_layouts",
    "xml_form",
]
