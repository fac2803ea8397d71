package dev.tidemark.activities.table;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.type.ColumnType;
import dev.tidemark.workflows.table.TableTask;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The types that a task wants for columns that Tidemark makes, as the target knows them. */
public final class TaskCasts {

  private TaskCasts() {}

  /**
   * The mapping with these types.
   *
   * @param session of the target, in auto-commit mode
   * @throws SyncException TYPE_UNSUPPORTED for what the target knows as no type
   */
  public static TableMapping of(
      TableTask task, TableMapping mapping, Connection session, Dialect target, String schema)
      throws SQLException {
    Map<String, ColumnType> casts = new HashMap<>();
    for (Map.Entry<String, String> cast : task.spec().shape().cast().entrySet()) {
      casts.put(cast.getKey(), type(cast, session, target, schema));
    }
    return mapping.casting(casts);
  }

  private static ColumnType type(
      Map.Entry<String, String> cast, Connection session, Dialect target, String schema)
      throws SQLException {
    try {
      return target.typeNamed(session, schema, cast.getValue());
    } catch (SQLException e) {
      ErrorCode code = Failures.classify(e);
      if (code.retryable() && code != ErrorCode.UNCLASSIFIED) {
        throw e;
      }
      String doing = "casting column %s to %s".formatted(cast.getKey(), cast.getValue());
      throw new SyncException(
          ErrorCode.TYPE_UNSUPPORTED,
          Failures.explain(doing, e).getMessage(),
          "Write a type of the target under cast:.",
          e);
    }
  }
}
