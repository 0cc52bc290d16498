"""Drawing worlds; observations, likelihoods, calibration, reweighting."""
