"""What a system answered, and how to read it without trusting it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from connections.http.errors import ContractChanged
from connections.http.exact_json import TooLarge, parsed, parsed_page
from connections.http.judge import Verdict, names_a_privilege
from connections.private.secrets import Secrets

_QUOTED_CHARACTERS = 80
_WORDS_CHARACTERS = 500

# Where systems put their reasons; some mix the cases.
_REASONS = ("error", "code", "title", "message", "error_description", "detail")


@dataclass(frozen=True)
class Answer:
    """One HTTP answer.

    `request` names what was asked ("GET /contacts"); `headers` ignores case; `verdict`
    is what it means, whoever reads it; `secrets` are taken out of everything that is
    quoted from the body. An answer that may hold a new key `is_private`: its body is
    never quoted, only the reasons that it names.
    """

    system: str
    request: str
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    verdict: Verdict
    secrets: Secrets = field(default_factory=Secrets, repr=False)
    is_private: bool = False

    @property
    def text(self) -> str:
        """The body as text; bytes that are no UTF-8 are replaced."""
        return self.body.decode("utf-8-sig", errors="replace")

    def json(self) -> Any:
        """Parse the body; numbers with a fraction become `Decimal`, as written.

        Raises ContractChanged, quoting the first characters, when it is not JSON.
        """
        return self._read_by(parsed)

    def page(self) -> Any:
        """Parse the body of a page: a number that is none (`NaN`) is kept as such.

        Raises ContractChanged as above.
        """
        return self._read_by(parsed_page)

    def _read_by(self, parse: Callable[[str], Any]) -> Any:
        try:
            return parse(self.body.decode("utf-8-sig"))
        except TooLarge as error:
            raise ContractChanged(
                f"{self.system}: {self.request} answered {self.status} with "
                f"{len(self.body):,} bytes of JSON, and {error}. No contract knows "
                "such an answer; look whether base_url is right."
            ) from None
        except (ValueError, RecursionError):
            start = self.secrets.start_of(self.text, _QUOTED_CHARACTERS)
            quoted = "" if self.is_private else f": {start!r}"
            raise ContractChanged(
                f"{self.system}: {self.request} answered {self.status} with something "
                f"that is not JSON{quoted}. Look whether base_url is right and whether "
                "the system is under maintenance."
            ) from None

    @property
    def lacks_privilege(self) -> bool:
        """Say whether the system names a missing privilege as the reason."""
        return 400 <= self.status < 500 and names_a_privilege(self.body)

    @property
    def words(self) -> str:
        """The system's own words about a refusal: one line, no secrets, may be ''."""
        try:
            said = " - ".join(_reasons(parsed(self.text)))
        except (ValueError, RecursionError):
            said = "" if self.is_private else self.text
        return self.secrets.start_of(said, _WORDS_CHARACTERS, one_line=True)


def _reasons(body: Any) -> list[str]:
    if isinstance(body, str):
        return [body] if body.strip() else []
    if isinstance(body, list):
        return [reason for item in body for reason in _reasons(item)]
    if not isinstance(body, dict):
        return []
    members = {str(name).lower(): value for name, value in body.items()}
    reasons = [
        reason
        for name in _REASONS
        if name in members
        for reason in _reasons(members[name])
    ]
    reasons += _problems(members.get("errors"))
    return list(dict.fromkeys(reasons))


def _problems(errors: Any) -> list[str]:
    """Give what a problem's `errors` say: a list by pointer, or lists by member."""
    if isinstance(errors, dict):
        return [f"{name}: {', '.join(_reasons(said))}" for name, said in errors.items()]
    if not isinstance(errors, list):
        return _reasons(errors)
    return [
        f"{problem.get('pointer', '')} {problem.get('detail', '')}"
        for problem in errors
        if isinstance(problem, dict)
    ]
