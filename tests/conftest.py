"""For all tests: properties are tried on the same examples every time, and may take their time."""

from hypothesis import settings

settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")
