"""What ships: IL-11 claims, modules, parameters, observations, agents and studies, and what joins them."""
