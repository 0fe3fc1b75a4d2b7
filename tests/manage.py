"""`python -m tests.manage COMMAND ...`: one of Django's commands, on servers of its own."""

import sys

from django.core.management import execute_from_command_line

from tests.environment import prepared_environment

if __name__ == "__main__":
    with prepared_environment():
        execute_from_command_line(sys.argv)
