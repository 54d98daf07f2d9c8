"""Full-text search in Chinese: asks the index the way xianjie.fulltext has filled it."""

from datasette import hookimpl

from xianjie.fulltext import phrases


@hookimpl(trylast=True)  # after Datasette's own escape_fts, which this replaces
def prepare_connection(conn):
    """Give SQL the function that Datasette calls around every search."""
    conn.create_function("escape_fts", 1, phrases)
