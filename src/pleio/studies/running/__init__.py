"""Getting a study done: one chunk as a pure function, chunks on disk, on threads and on clusters."""
