package dev.tidemark.connect.catalog;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.connection.Sessions;
import dev.tidemark.connect.dialect.Dialects;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.TableShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The catalog of one source, read with a session of its own. */
public final class SourceCatalog implements AutoCloseable {

  private final ConnectionConfiguration source;
  private final Dialect dialect;
  private final Connection session;

  private SourceCatalog(ConnectionConfiguration source, Connection session) {
    this.source = source;
    this.dialect = Dialects.of(source.type());
    this.session = session;
  }

  /**
   * Opens a session.
   *
   * @param patience how long the server may take to let us in, and a third of what it may take for
   *     each answer
   */
  public static SourceCatalog open(ConnectionConfiguration source, Duration patience)
      throws SQLException {
    Connection session = Sessions.open(source, patience);
    session.setNetworkTimeout(Runnable::run, Math.toIntExact(patience.multipliedBy(3).toMillis()));
    return new SourceCatalog(source, session);
  }

  /** The tables of the connection's schema. */
  public List<TablePath> tables() throws SQLException {
    return tables(source.schema());
  }

  private List<TablePath> tables(String schema) throws SQLException {
    return dialect.tables(session, schema).stream()
        .map(table -> new TablePath(source.name(), table.schema(), table.name()))
        .toList();
  }

  /**
   * The tables among which the one that is named would be: those of the connection's schema and of
   * the one that is named, and views of just this name.
   */
  public List<TablePath> tablesAround(TablePattern name) throws SQLException {
    Set<String> schemas = new LinkedHashSet<>(List.of(source.schema()));
    String named = name.schema(source.name());
    if (named != null) {
      schemas.add(named);
    }
    Set<TablePath> found = new LinkedHashSet<>();
    for (String schema : schemas) {
      found.addAll(tables(schema));
      dialect
          .describe(session, schema, name.table())
          .map(view -> new TablePath(source.name(), view.schema(), view.name()))
          .ifPresent(found::add);
    }
    return new ArrayList<>(found);
  }

  /** What the catalog says of a table; empty when it has none of that name. */
  public Optional<TableShape> describe(TablePath table) throws SQLException {
    return dialect.describe(session, table.schema(), table.table());
  }

  @Override
  public void close() throws SQLException {
    session.close();
  }
}
