"""SIF: a line for each claim, `subject TAB relation TAB object`; evidence, context and aspect have no place in it."""
