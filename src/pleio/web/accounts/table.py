"""Accounts, sessions and tokens in the store; of passwords and tokens only what cannot be turned back is kept."""

from __future__ import annotations

import hashlib
import re
import secrets
import sqlite3
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from ...base.errors import InputError, Problem
from ...store import Schema, Store
from . import passwords

SCHEMA = Schema(
    "accounts",
    (
        (
            """CREATE TABLE account (
                key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, password TEXT NOT NULL, made TEXT NOT NULL,
                closed TEXT
            ) STRICT""",
            """CREATE TABLE session (
                digest BLOB PRIMARY KEY, account INTEGER NOT NULL REFERENCES account, made TEXT NOT NULL,
                ends REAL NOT NULL
            ) STRICT, WITHOUT ROWID""",
            """CREATE TABLE token (
                key INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, account INTEGER NOT NULL REFERENCES account,
                label TEXT NOT NULL, made TEXT NOT NULL, revoked TEXT
            ) STRICT""",
            "CREATE TABLE form_key (key INTEGER PRIMARY KEY CHECK (key = 1), value BLOB NOT NULL) STRICT",
        ),
    ),
)
SESSION = 12 * 3600.0  # seconds that a session lasts
TOKEN_START = "pleio_"
_NAME = re.compile(r"[^\W_](?:[\w .'-]{0,62}[\w.])?")


@dataclass(frozen=True)
class Account:
    """A person who may review; `name` is what their decisions are signed with."""

    name: str
    made: str
    closed: str | None = None


@dataclass(frozen=True)
class Token:
    """A token for programs, without its secret."""

    number: int
    account: str
    label: str
    made: str
    revoked: str | None


class Accounts:
    """The accounts of one data directory."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._ready = False

    def add(self, name: str, password: str) -> Account:
        """Make an account.

        Raises:
            InputError: the name is taken or malformed, or the password is too short; all problems at once.
            StoreError: the data directory cannot be written.
        """
        problems = []
        if not _NAME.fullmatch(name):
            problems.append(Problem("name", f"'{name[:80]}' cannot be one", "letters, digits and . - ' and spaces"))
        problems += passwords.problems(password, name)
        if problems:
            raise InputError("account", problems)
        self._ensure()
        hashed = passwords.hashed(password)
        made = _now()
        try:
            with self.store.write() as connection:
                if connection.execute("SELECT 1 FROM account WHERE name = ?", (name,)).fetchone():
                    raise InputError("account", Problem("name", f"'{name}' is taken", "choose another"))
                connection.execute("INSERT INTO account (name, password, made) VALUES (?, ?, ?)", (name, hashed, made))
        except sqlite3.IntegrityError:
            raise InputError("account", Problem("name", f"'{name}' is taken", "choose another")) from None
        return Account(name, made)

    def close(self, name: str) -> None:
        """Close an account: its sessions and tokens end, its decisions stay on record.

        Raises:
            InputError: there is no open account of that name.
        """
        key = self._key(name)
        with self.store.write() as connection:
            connection.execute("UPDATE account SET closed = ? WHERE key = ?", (_now(), key))
            connection.execute("DELETE FROM session WHERE account = ?", (key,))
            connection.execute("UPDATE token SET revoked = ? WHERE account = ? AND revoked IS NULL", (_now(), key))

    def set_password(self, name: str, password: str) -> None:
        """Give an account another password; whoever is signed in with it is signed out.

        Raises:
            InputError: there is no open account of that name, or the password is too short.
        """
        found = passwords.problems(password, name)
        if found:
            raise InputError("account", found)
        key = self._key(name)
        hashed = passwords.hashed(password)
        with self.store.write() as connection:
            connection.execute("UPDATE account SET password = ? WHERE key = ?", (hashed, key))
            connection.execute("DELETE FROM session WHERE account = ?", (key,))

    def all(self) -> tuple[Account, ...]:
        """List the accounts, closed ones too."""
        self._ensure()
        with self.store.read() as connection:
            rows = connection.execute("SELECT name, made, closed FROM account ORDER BY name")
            return tuple(Account(*row) for row in rows)

    def sign_in(self, name: str, password: str) -> str | None:
        """Check a password and begin a session; give its secret, or None.  An unknown name takes as long as a known."""
        self._ensure()
        with self.store.read() as connection:
            sql = "SELECT key, password FROM account WHERE name = ? AND closed IS NULL"
            row = connection.execute(sql, (name,)).fetchone()
        fits = passwords.fits(row["password"] if row else None, password)
        if row is None or not fits:
            return None
        secret = secrets.token_urlsafe(32)
        with self.store.write() as connection:
            connection.execute("DELETE FROM session WHERE ends < ?", (time.time(),))
            values = (_digest(secret), row["key"], _now(), time.time() + SESSION)
            connection.execute("INSERT INTO session VALUES (?, ?, ?, ?)", values)
        return secret

    def sign_out(self, secret: str) -> None:
        """End a session."""
        self._ensure()
        with self.store.write() as connection:
            connection.execute("DELETE FROM session WHERE digest = ?", (_digest(secret),))

    def of_session(self, secret: str) -> Account | None:
        """Give whose session this is, if it lasts."""
        sql = """SELECT a.name, a.made FROM session s JOIN account a ON a.key = s.account
            WHERE s.digest = ? AND s.ends > ? AND a.closed IS NULL"""
        return self._one(sql, (_digest(secret), time.time()))

    def of_token(self, secret: str) -> Account | None:
        """Give whose token this is, if it stands."""
        sql = """SELECT a.name, a.made FROM token t JOIN account a ON a.key = t.account
            WHERE t.digest = ? AND t.revoked IS NULL AND a.closed IS NULL"""
        return self._one(sql, (_digest(secret),))

    def make_token(self, name: str, label: str) -> str:
        """Make a token; give its secret, which is not kept and cannot be shown again.

        Raises:
            InputError: there is no open account of that name.
        """
        key = self._key(name)
        secret = TOKEN_START + secrets.token_urlsafe(32)
        with self.store.write() as connection:
            sql = "INSERT INTO token (digest, account, label, made) VALUES (?, ?, ?, ?)"
            connection.execute(sql, (_digest(secret), key, label[:100], _now()))
        return secret

    def revoke(self, number: int, name: str) -> bool:
        """Revoke a token of an account; say whether there was one."""
        self._ensure()
        with self.store.write() as connection:
            sql = """UPDATE token SET revoked = ? WHERE key = ? AND revoked IS NULL
                AND account = (SELECT key FROM account WHERE name = ?)"""
            return connection.execute(sql, (_now(), number, name)).rowcount == 1

    def tokens(self, name: str) -> tuple[Token, ...]:
        """List the tokens of an account."""
        self._ensure()
        sql = """SELECT t.key, a.name, t.label, t.made, t.revoked FROM token t JOIN account a ON a.key = t.account
            WHERE a.name = ? ORDER BY t.key"""
        with self.store.read() as connection:
            return tuple(Token(*row) for row in connection.execute(sql, (name,)))

    def form_key(self) -> bytes:
        """Give the key that forms are signed with, made when it is first asked for."""
        self._ensure()
        sql = "SELECT value FROM form_key"
        with self.store.read() as connection:
            row = connection.execute(sql).fetchone()
        if row is None:
            with self.store.write() as connection:
                connection.execute("INSERT OR IGNORE INTO form_key VALUES (1, ?)", (secrets.token_bytes(32),))
                row = connection.execute(sql).fetchone()
        return bytes(row[0])

    def _one(self, sql: str, values: tuple[object, ...]) -> Account | None:
        self._ensure()
        with self.store.read() as connection:
            row = connection.execute(sql, values).fetchone()
        return Account(*row) if row else None

    def _key(self, name: str) -> int:
        self._ensure()
        with self.store.read() as connection:
            row = connection.execute("SELECT key FROM account WHERE name = ? AND closed IS NULL", (name,)).fetchone()
        if row is None:
            help = "'pleio reviewer list' lists them"
            raise InputError("account", Problem("name", f"there is no open account '{name[:80]}'", help))
        return int(row[0])

    def _ensure(self) -> None:
        if not self._ready:
            self.store.ensure(SCHEMA)
            self._ready = True


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
