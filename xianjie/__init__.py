"""xianjie: a township's ledgers checked, audited and published with Datasette."""

__version__ = "0.1.0"
