"""Prompts for language models: files with an id and a version, frozen once released. None is needed yet."""
