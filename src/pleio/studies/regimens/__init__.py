"""What is given: agents and regimens as written, data sets of doses, and how much of its target an agent covers."""
