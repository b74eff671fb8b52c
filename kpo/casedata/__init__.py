"""Keeps case data about persons off the platform: recognition first, then what is done with it."""
