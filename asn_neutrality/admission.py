"""Whether one more report is taken at this moment. Counted in all, never by who sends it."""

from __future__ import annotations

from enum import Enum, auto

from forkopimda.lib.limits import minutes_to_wait, spend

from .puzzle import REPORTS, REPORTS_NAME, solves

#: Reports that are taken without a solved puzzle, from browsers without JavaScript.
UNSOLVED = "20/hour"
UNSOLVED_NAME = "lapor:unsolved"


class Admission(Enum):
    """What becomes of a report that is about to be received."""

    WELCOME = auto()
    #: Its solution is wrong, too old, too easy by now, or was used.
    SOLVE_AGAIN = auto()
    #: Too many without a solution.
    UNSOLVED_FULL = auto()
    #: Too many altogether.
    FULL = auto()

    @property
    def minutes(self) -> int:
        """After how many minutes trying again makes sense."""
        if self is Admission.UNSOLVED_FULL:
            return minutes_to_wait(UNSOLVED_NAME, UNSOLVED)
        return minutes_to_wait(REPORTS_NAME, REPORTS)


def admit(challenge: str, solution: str, *, can_solve_again: bool) -> Admission:
    """Takes one report from what is left, if its puzzle is solved or its browser can't solve any.

    With `can_solve_again` a wrong solution is asked for anew; else it counts as none.
    """
    if not (solution and solves(challenge, solution)):
        if solution and can_solve_again:
            return Admission.SOLVE_AGAIN
        if not spend(UNSOLVED_NAME, UNSOLVED):
            return Admission.UNSOLVED_FULL
    return Admission.WELCOME if spend(REPORTS_NAME, REPORTS) else Admission.FULL
