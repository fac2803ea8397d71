package dev.tidemark.connect.checkpoint;

import dev.tidemark.connect.configuration.DatabaseType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The marks of all sessions that may write one slice at once. */
final class SessionMarks {

  private final DatabaseType type;
  private final List<SessionMark> marks;

  SessionMarks(DatabaseType type, String schema, SliceKey slice) {
    this.type = type;
    this.marks =
        IntStream.range(0, Slice.MOST_SESSIONS)
            .mapToObj(number -> new SessionMark(type, schema, slice, number))
            .toList();
  }

  SessionMark of(int number) {
    return marks.get(number);
  }

  /** The other sessions that hold a mark, by the mark. */
  Map<SessionMark, Long> holders(Connection session) throws SQLException {
    String query =
        switch (type) {
          case POSTGRESQL -> postgres();
          case MYSQL, MARIADB ->
              marks.stream()
                  .map(ignored -> "NULLIF(IS_USED_LOCK(?), CONNECTION_ID())")
                  .collect(Collectors.joining(", ", "SELECT ", ""));
        };
    Map<SessionMark, Long> holders = new LinkedHashMap<>();
    try (PreparedStatement statement = session.prepareStatement(query)) {
      for (int i = 0; i < marks.size(); i++) {
        marks.get(i).bind(statement, i + 1);
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        for (int i = 0; i < marks.size(); i++) {
          long id = row.getLong(i + 1);
          if (id != 0) {
            holders.put(marks.get(i), id);
          }
        }
      }
    }
    return holders;
  }

  private String postgres() {
    String held =
        """
        WITH held AS MATERIALIZED (
          SELECT classid::bigint << 32 | objid::bigint AS number, pid FROM pg_locks
           WHERE pid <> pg_backend_pid() AND locktype = 'advisory' AND granted AND objsubid = 1
             AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
        SELECT\s""";
    return marks.stream()
        .map(ignored -> "(SELECT max(pid) FROM held WHERE number = ?)")
        .collect(Collectors.joining(", ", held, ""));
  }

  /** Ends the sessions that were seen to hold marks, if they still do. */
  void end(Connection session, Map<SessionMark, Long> seen) throws SQLException {
    for (Map.Entry<SessionMark, Long> holder : seen.entrySet()) {
      holder.getKey().end(session, holder.getValue());
    }
  }
}
