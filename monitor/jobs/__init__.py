"""Jobs: what crosses the rooms besides a visit, one file each."""
