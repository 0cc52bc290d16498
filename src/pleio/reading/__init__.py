"""Documents into claims with exact spans, and the audit of a document."""
