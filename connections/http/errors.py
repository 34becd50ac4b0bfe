"""What can go wrong with a system, named after what happens next.

LenkeError
├── ConfigurationError    a setting is missing or wrong     -> a person mends it
├── SystemStopped         this system is out for this run   -> the others carry on
│   ├── SignInRefused     it does not accept who we are     -> a person mends the keys
│   ├── EntityRefused     one record type is not granted    -> it rests, alone
│   ├── Unreachable       no answer, or always "too many"   -> the next run tries again
│   └── ContractChanged   the answer is not what it was     -> a person looks at it
├── SkipRecord            this record cannot be written now -> report it, carry on
│   ├── Moved             it changed after we decided       -> the next run decides anew
│   ├── Gone              it is no longer there             -> a single read confirms it
│   └── Refused           the system's own rules say no     -> a person looks at it
├── Unsure                sent, applied or not: unknown     -> look before sending again
└── StopRun               carrying on could do harm         -> write nothing more

Messages say what happened, to which record, and what to do now. They never hold a
credential or a national identity number.
"""

from connections.private.secrets import told, without_keys

# ruff: noqa: N818 - the names say what happens next, which "Error" would only blur


class LenkeError(Exception):
    """Any failure that Lenke has a plan for; its text is meant for a person.

    This is the one place where a message is made: what it quotes from others loses its
    keys and identity numbers here, wherever the message goes from now on.
    """

    def __init__(self, message: str) -> None:
        super().__init__(self._told(message))

    _told = staticmethod(told)


class ConfigurationError(LenkeError):
    """A setting is missing or wrong; nothing was sent.

    What it quotes is what a person typed, so that it keeps its digits.
    """

    _told = staticmethod(without_keys)


class SystemStopped(LenkeError):
    """This system cannot be used in this run; the others carry on."""


class SignInRefused(SystemStopped):
    """The system does not accept our keys, or grants them too little."""


class EntityRefused(SystemStopped):
    """We are not granted this record type: it rests, the system's others carry on.

    Privileges are granted per endpoint. Whoever cannot tell record types apart leaves
    the system out.
    """


class Unreachable(SystemStopped):
    """No usable answer after several tries; nothing is known to be applied."""


class ContractChanged(SystemStopped):
    """The answer breaks the wire contract: not JSON, no key, another origin."""


class SkipRecord(LenkeError):
    """This record cannot be written now; it is reported and the rest carries on."""


class Moved(SkipRecord):
    """The record changed after we decided; the next run decides anew."""


class Gone(SkipRecord):
    """The record is no longer there: 404, 410 or a tombstone."""


class Refused(SkipRecord):
    """The system's own rules say no (400, 403, 409, 415, 422).

    `words` is what the system said, in one line; `status` is the HTTP status;
    `lacks_privilege` says that it named a missing privilege as its reason. `said` is
    its whole answer, parsed where it can be: it is read, and never shown.
    """

    def __init__(
        self,
        message: str,
        *,
        words: str = "",
        status: int = 0,
        lacks_privilege: bool = False,
        said: object = None,
    ) -> None:
        super().__init__(message)
        self.words = words
        self.status = status
        self.lacks_privilege = lacks_privilege
        self.said = said


class Unsure(LenkeError):
    """The request was sent and nobody knows whether it was applied."""


class StopRun(LenkeError):
    """Carrying on could do harm; nothing more is written."""
