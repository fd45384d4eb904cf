"""The municipality: its profile (ordinance values, dates, offices) and its folders."""

from pipelines.city.city import City, Ward, is_municipality_code, load_city
from pipelines.city.home import CityHome

__all__ = ["City", "CityHome", "Ward", "is_municipality_code", "load_city"]
