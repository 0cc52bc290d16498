"""`pleio reviewer`: the accounts of this data directory, and the tokens with which programs act for them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from .output import print_json, print_table, say

if TYPE_CHECKING:
    from pleio.web.accounts import Accounts

reviewer = typer.Typer(help="Accounts: who may review on the pages.", no_args_is_help=True)
NAME = typer.Argument(..., help="The name that decisions are signed with.")
JSON = typer.Option(False, "--json", help="One JSON document on standard output.")


def add_to(app: typer.Typer) -> None:
    app.add_typer(reviewer, name="reviewer")


@reviewer.command("add")
def add(name: str = NAME) -> None:
    """Make an account; the password is asked for, or read as one line where standard input is no terminal."""
    _accounts().add(name, _password())
    say(f"{name} may sign in on /signin and review")


@reviewer.command("password")
def password(name: str = NAME) -> None:
    """Give an account another password; whoever is signed in with it is signed out."""
    _accounts().set_password(name, _password())
    say(f"the password of {name} is changed")


@reviewer.command("close")
def close(name: str = NAME) -> None:
    """Close an account: its sessions and tokens end, its decisions stay on record."""
    _accounts().close(name)
    say(f"the account of {name} is closed")


@reviewer.command("list")
def list_(json: bool = JSON) -> None:
    """List the accounts."""
    found = _accounts().all()
    if json:
        print_json([vars(each) for each in found])
        return
    print_table(["name", "made", "closed"], [(each.name, each.made, each.closed or "") for each in found])


@reviewer.command("token")
def token(name: str = NAME, label: str = typer.Option("", "--label", help="What it is for.")) -> None:
    """Make a token with which a program acts for an account; it is printed once and not kept."""
    typer.echo(_accounts().make_token(name, label or "made on the command line"))


def _accounts() -> Accounts:
    from pleio.store import open_store
    from pleio.web.accounts import Accounts

    return Accounts(open_store())


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    given: str = typer.prompt("password", hide_input=True, confirmation_prompt=True)
    return given
