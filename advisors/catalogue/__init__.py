"""The dated catalogue of outputs, tasks, tools, misuse rules and concepts, read from the YAML files beside this one."""

from advisors.catalogue.catalogue import Catalogue, load_catalogue

__all__ = ["Catalogue", "load_catalogue"]
