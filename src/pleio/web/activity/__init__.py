"""The pathway of a page, coloured by what a study computes, at a time that can be moved."""
