"""Speed of pleio beside the peers: same models, draws and output times, the error of each beside its speed."""
