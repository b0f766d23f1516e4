"""Which hostname belongs to which platform, and what it is for."""

from monitor.catalogue.catalogue import Catalogue, load_catalogue
from monitor.catalogue.platform import HostnameRole, Match, Platform

__all__ = ["Catalogue", "HostnameRole", "Match", "Platform", "load_catalogue"]
