"""Properties of dates may take their time: the machine is shared, and slow is not wrong."""

from hypothesis import settings

settings.register_profile("unhurried", settings(), deadline=None)
settings.load_profile("unhurried")
