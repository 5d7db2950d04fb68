"""Settings that all tests share: how long hypothesis looks, chosen by `./run test`."""

from hypothesis import settings

# No deadline: the machine is shared, and a slow example is no wrong one. Derandomised, so that what fails here fails
# there; the long profile looks for something new at every run.
settings.register_profile("fast", deadline=None, derandomize=True, max_examples=25)
settings.register_profile("standard", deadline=None, derandomize=True, max_examples=100)
settings.register_profile("long", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile("standard")
