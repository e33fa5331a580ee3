"""What a visit asks for besides the page: conditions and whether they can be trusted, other addresses of the site."""
