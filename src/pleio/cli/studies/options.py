"""What the commands about studies may be told."""

from __future__ import annotations

import typer

NAME = typer.Argument(..., help="A study of the library, or a YAML file.", metavar="STUDY")
WORLDS = typer.Option(None, "--worlds", min=1, help="How many worlds; the study's own number by default.")
BELIEF = typer.Option(None, "--belief", help="sceptic, neutral or believer; the study's own by default.")
SEED = typer.Option(None, "--seed", help="The study's own by default.")
CACHE = typer.Option(True, "--cache/--no-cache", help="Take chunks that were computed before.")
WORKERS = typer.Option(None, "--workers", min=1, max=1024, help="Run on so many Dask workers of this machine.")
CLUSTER = typer.Option("", "--cluster", help="Run on the Dask cluster at this address, such as tcp://host:8786.")
RESUME = typer.Option(False, "--resume", help="Go on from what an interrupted run kept, as is the default.")
EVIDENCE = typer.Option(False, "--evidence", help="Draw worlds given the library's observations that are open to fits.")
THREADS = typer.Option(None, "--threads", min=1, help="All cores by default; the numbers do not depend on it.")
SET = typer.Option([], "--set", help="Change the study: cohort.size=8, arm.amount='60 µg/kg'; repeatable.")
AGENT = typer.Option("", "--agent", help="Add an arm: a YAML file of an agent of your own, or an agent of the library.")
REGIMEN = typer.Option("", "--regimen", help="What that arm gives: '300 mg q4w', '50 µg/kg qd x14'.")
ONTO = typer.Option("", "--onto", help="The arm that is given besides: an antagonist on top of 'IL-11 10 ng/mL'.")
OUT = typer.Option(None, "--out", help="Also write the result to a file: .zarr, .nc, .parquet or .csv.")
SOBOL = typer.Option(False, "--sobol", help="Also first-order and total Sobol' shares, from further runs.")
SOBOL_WORLDS = typer.Option(None, "--sobol-worlds", min=16, help="Worlds of each of those runs; 512 by default.")
LIBRARY = typer.Option("il11", "--library", help="The library that names are looked up in.")
JSON = typer.Option(False, "--json", help="One JSON document on standard output.")
