"""Systems for whoever has none at hand: serving them, acting in them, and the demo.

They need packages that what runs in production does without, the extra `simulators`.
Whoever comes here without them is told so, before anything is imported that needs them.
"""

from importlib.util import find_spec

from connections.http.errors import ConfigurationError

_NEEDED = ("faker",)

if missing := [name for name in _NEEDED if find_spec(name) is None]:
    raise ConfigurationError(
        f"The simulated systems need {', '.join(missing)}, which is not installed: "
        "run `make setup`, or install the extra `lenke[simulators]`."
    )
