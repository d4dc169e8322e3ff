"""Reads the raw text of an official notice (公文). Pure: text in, frozen dataclasses out."""
