"""The data directory: one SQLite file, content-addressed blobs, one writer; knows no domain types."""
