"""The scenes that the press's pictures show, drawn with the brushes of `brush`."""
