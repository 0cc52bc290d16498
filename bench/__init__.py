"""Speed of pleio beside the peers: same models, draws, output times and tolerances, the error of each beside its speed."""
