package dev.tidemark.connect.copy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.ColumnChoice;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.SourceTable;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.type.ColumnKind;
import dev.tidemark.connect.type.ColumnType;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ChunkReaderTest {

  private static final TableMapping ITEM =
      TableMapping.of(
          new TableShape(
              "shop",
              "item",
              List.of(new Column("id", ColumnType.of(ColumnKind.INT32, "int"), false, false)),
              List.of("id"),
              0),
          "item",
          ColumnChoice.ALL);

  private static <T> T failing(Class<T> type, Throwable error) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              throw error;
            }));
  }

  @Test
  @Timeout(30)
  void memoryThatRunsOutIsToldToWhoeverWaitsForRows() {
    Error error = new OutOfMemoryError("a row too large");
    Dialect dialect = failing(Dialect.class, error);
    Connection session = failing(Connection.class, error);
    SourceTable source = new SourceTable(session, dialect, ITEM);
    try (ChunkReader reader =
        new ChunkReader(source, dialect, new OpenRange(null, null), ChunkSize.of(10))) {
      assertThatThrownBy(reader::next).isSameAs(error);
    }
  }
}
