"""Copies c_invoice by duckdb's extensions for PostgreSQL and MySQL; the table is there already."""

import glob
import importlib
import os
import sys

import duckdb

if "--version" in sys.argv:
    for name in ("postgres_scanner", "mysql_scanner"):
        importlib.import_module("duckdb_extension_" + name)
    print(duckdb.__version__)
    sys.exit()

database = duckdb.connect()
database.execute("SET TimeZone = 'UTC'")


def load(name):
    folder = os.path.dirname(importlib.import_module("duckdb_extension_" + name).__file__)
    path = glob.glob(folder + "/extensions/*/*.duckdb_extension")[0]
    database.execute("LOAD '" + path + "'")


def attach(side):
    said = {key: os.environ[side + "_" + key] for key in ("HOST", "PORT", "USER", "PASSWORD", "DATABASE")}
    postgres = os.environ[side + "_TYPE"] == "postgresql"
    load("postgres_scanner" if postgres else "mysql_scanner")
    words = "host={HOST} port={PORT} user={USER} ".format(**said)
    # It takes the word after a password of nothing for one.
    words += "password={PASSWORD} ".format(**said) if said["PASSWORD"] else ""
    words += ("dbname=" if postgres else "database=") + said["DATABASE"]
    kind = "postgres" if postgres else "mysql"
    alias = side.lower() + "_side"
    database.execute("ATTACH '{}' AS {} (TYPE {})".format(words.replace("'", "''"), alias, kind))
    return alias + "." + ("public" if postgres else said["DATABASE"]) + ".c_invoice"


source = attach("FROM")
target = attach("TO")
database.execute("INSERT INTO " + target + " SELECT * FROM " + source)
