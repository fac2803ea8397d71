package dev.tidemark.activities.table;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.dialect.Dialects;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.table.ColumnChoice;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.TableTask;
import java.sql.Connection;
import java.sql.SQLException;

/** What a task says of a table, and what its source's catalog does, as one mapping. */
public final class TaskMapping {

  private TaskMapping() {}

  /**
   * Looks at the source.
   *
   * @param source where it is
   * @param session of the source
   * @param needsKey whether a table without a key is refused
   * @throws SyncException TABLE_NOT_FOUND, or why the table cannot be mapped
   */
  public static TableMapping of(
      TableTask task, ConnectionConfiguration source, Connection session, boolean needsKey)
      throws SQLException {
    TableShape shape =
        Dialects.of(source.type())
            .describe(session, task.source().schema(), task.source().table())
            .orElseThrow(
                () ->
                    new SyncException(
                        ErrorCode.TABLE_NOT_FOUND,
                        "There is no table " + task.source() + ".",
                        Failures.remedy(ErrorCode.TABLE_NOT_FOUND)));
    TableSpec spec = task.spec();
    return TableMapping.of(
        shape,
        task.targetTable(),
        new ColumnChoice(
            spec.key(), spec.include(), spec.exclude(), spec.rename(), spec.constants()),
        RowChoices.of(spec.rows(), shape, source.maskKey()),
        needsKey);
  }
}
