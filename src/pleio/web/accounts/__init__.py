"""Local accounts: who may review and, on a server that others reach, who may start work.  Reading needs none."""

from __future__ import annotations

from .table import Account, Accounts, Token

__all__ = ["Account", "Accounts", "Token"]
