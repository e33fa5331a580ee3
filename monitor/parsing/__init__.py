"""Parsing: bytes in, values out. BeautifulSoup and lxml live here and only here; nothing here does input or output."""
