"""The same verbs for language models, over MCP: typed tools whose answers carry claim ids."""
