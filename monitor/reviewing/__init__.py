"""Reviewing: the change log as a place to work, in a browser. Flask, Jinja2 and waitress live here and only here.

Pages are rendered on the server and work without JavaScript. Nothing that was fetched is ever rendered as HTML.
"""
