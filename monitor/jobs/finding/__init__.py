"""Finding pages: listings, feeds, sitemaps and forms, page by page; what a round asks for, and a backfill."""
