"""The made-up press that the demo gathers from: ten publishers of the republic of Marsana, served on loopback."""
