"""Audience: lists and segments that would leave somebody out or write to the wrong people."""
