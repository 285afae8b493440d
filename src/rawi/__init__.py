"""A self-hosted press archive: gathers, keeps, reads and shows the news of many publishers."""
