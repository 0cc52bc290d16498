"""What answers requests, made once: the archive, the kept claims, the desk, accounts, jobs, search."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from starlette.requests import HTTPConnection

from ..artifacts import Archive
from ..library.opened import Library
from ..library.opened import open as open_library
from ..store import Watch
from .reader import Reader
from .work import Desk

if TYPE_CHECKING:
    from ..claims.tables.layers import ClaimStore
    from .accounts import Accounts
    from .accounts.attempts import Attempts
    from .atlas.graph import Atlas
    from .jobs import Jobs, Runner
    from .search.index import Index


@dataclass
class Site:
    """One server's parts, each made when it is first needed.

    Attributes:
        library: the library under the kept claims.
        open_work: whether anyone who reaches the server may start work.
        public: the address that others know the site by; empty where there is none.
        activities: what studies gave for the pathway diagram, by study and cell type.
    """

    archive: Archive
    reader: Reader
    library: str = "il11"
    open_work: bool = True
    build: str = ""
    public: str = ""
    activities: dict[tuple[str, str], Any] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _kept: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.desk = Desk(self.archive.store.folder)  # starts its children when it is first asked
        self.watch = Watch(self.archive.store.database)

    @property
    def opened(self) -> Library:
        return open_library(self.library)

    def kept(self) -> ClaimStore:
        """Give the kept claims with the library laid under them."""
        with self._lock:
            if "claims" not in self._kept:
                from ..library.keeping.kept import kept_claims

                self._kept["claims"] = kept_claims(self.opened, self.archive.store)
            found: ClaimStore = self._kept["claims"]
            return found

    @cached_property
    def accounts(self) -> Accounts:
        from .accounts import Accounts

        return Accounts(self.archive.store)

    @cached_property
    def attempts(self) -> Attempts:
        from .accounts.attempts import Attempts

        return Attempts()

    @cached_property
    def form_key(self) -> bytes:
        return self.accounts.form_key()

    @cached_property
    def jobs(self) -> Jobs:
        from .jobs import Jobs

        return Jobs(self.archive.store)

    @cached_property
    def runner(self) -> Runner:
        from .jobs import Runner

        return Runner(self.jobs)

    @cached_property
    def index(self) -> Index:
        from .search.index import Index

        return Index(self)

    @cached_property
    def atlas(self) -> Atlas:
        from .atlas.graph import Atlas

        return Atlas(self)

    def close(self) -> None:
        """End what was started."""
        if "runner" in self.__dict__:
            self.runner.close()
        self.desk.close()
        self.watch.close()


def site_of(request: HTTPConnection) -> Site:
    """Give the site that a request came to."""
    found: Site = request.app.state.site
    return found
