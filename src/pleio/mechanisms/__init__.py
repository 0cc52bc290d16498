"""Reaction networks: species, reactions, expressions, checking, and the interpreter that defines their meaning."""
