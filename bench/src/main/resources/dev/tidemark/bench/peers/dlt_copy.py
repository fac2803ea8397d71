"""Copies c_invoice by dlt, which makes a table of its own."""

import os
import sys
import tempfile

import dlt
from dlt.sources.sql_database import sql_table

if "--version" in sys.argv:
    print(dlt.__version__)
    sys.exit()


def url(side):
    said = {key: os.environ[side + "_" + key] for key in ("HOST", "PORT", "USER", "PASSWORD", "DATABASE")}
    postgres = os.environ[side + "_TYPE"] == "postgresql"
    kind = "postgresql+psycopg2" if postgres else "mysql+pymysql"
    return (kind + "://{USER}:{PASSWORD}@{HOST}:{PORT}/{DATABASE}").format(**said)


to_postgres = os.environ["TO_TYPE"] == "postgresql"
from_postgres = os.environ["FROM_TYPE"] == "postgresql"
target = url("TO").replace("+psycopg2", "")
with tempfile.TemporaryDirectory() as folder:
    pipeline = dlt.pipeline(
        "peers",
        destination=dlt.destinations.postgres(target)
        if to_postgres
        else dlt.destinations.sqlalchemy(target),
        dataset_name="public" if to_postgres else os.environ["TO_DATABASE"],
        pipelines_dir=folder,
    )
    table = sql_table(
        credentials=url("FROM"),
        table="c_invoice",
        schema="public" if from_postgres else os.environ["FROM_DATABASE"],
        chunk_size=50000,
        reflection_level="full_with_precision",
    )
    pipeline.run(table, write_disposition="append")
