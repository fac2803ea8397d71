package dev.tidemark.api.letter;

import dev.tidemark.api.problem.ListRequests;
import dev.tidemark.api.problem.Problem.Mistake;
import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.connect.configuration.BatchConfiguration;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.letter.DeadLetter;
import dev.tidemark.connect.letter.LetterBox;
import dev.tidemark.connect.letter.LetterState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Shows, edits and discards dead letters, which lie in the targets. */
@Component
final class Letters {

  private final TidemarkConfiguration configuration;
  private final Connections connections;

  Letters(TidemarkConfiguration configuration, Connections connections) {
    this.configuration = configuration;
    this.connections = connections;
  }

  LetterView.Listing page(
      @Nullable String connection,
      @Nullable String table,
      @Nullable String state,
      @Nullable String cursor,
      int limit) {
    List<String> states = Stream.of(LetterState.values()).map(LetterState::word).toList();
    ListRequests.check("state", state, states, limit);
    String target = target(connection);
    LetterState wanted = state == null ? null : LetterState.valueOf(state.toUpperCase(Locale.ROOT));
    try {
      return LetterView.Listing.of(
          target,
          inside(
              target,
              (box, session) ->
                  box.page(
                      session,
                      table == null ? null : named(target, table, box, session),
                      wanted,
                      cursor,
                      limit)));
    } catch (IllegalArgumentException e) {
      throw ListRequests.notACursor();
    }
  }

  LetterView get(String connection, String id) {
    return LetterView.of(connection, find(connection, id));
  }

  /**
   * The letter, which is open.
   *
   * @throws ProblemException 409 when it is not
   */
  LetterView open(String connection, String id) {
    DeadLetter letter = find(connection, id);
    if (letter.state() != LetterState.OPEN) {
      throw notOpen(letter);
    }
    return LetterView.of(connection, letter);
  }

  void edit(String connection, String id, LetterEdits edits) {
    DeadLetter letter = find(connection, id);
    boolean edited = inside(connection, (box, session) -> box.edit(session, id, edits.of(letter)));
    check(connection, id, edited);
  }

  void discard(String connection, String id) {
    DeadLetter ignored = find(connection, id);
    check(connection, id, inside(connection, (box, session) -> box.discard(session, id)));
  }

  private void check(String connection, String id, boolean changed) {
    if (!changed) {
      throw notOpen(find(connection, id));
    }
  }

  /** The target that is meant; where all batches have one, it need not be named. */
  String target(@Nullable String asked) {
    if (asked != null) {
      return asked;
    }
    List<String> targets =
        configuration.batches().values().stream()
            .map(BatchConfiguration::target)
            .distinct()
            .sorted()
            .toList();
    if (targets.size() != 1) {
      throw ProblemException.invalid(
          List.of(new Mistake("connection", "must name a target: " + String.join(", ", targets))));
    }
    return targets.getFirst();
  }

  /** The table that is meant, as its letters spell it. */
  String table(String connection, @Nullable String asked) {
    if (asked == null || asked.isBlank()) {
      throw ProblemException.invalid(List.of(new Mistake("table", "must be given")));
    }
    return inside(
        connection,
        (box, session) -> {
          String table = named(connection, asked, box, session);
          if (box.open(session, table, List.of()).isEmpty()) {
            throw ProblemException.conflict(
                "NO_DEAD_LETTERS",
                "Table [" + table + "] of " + connection + " has no open dead letters.",
                "Look at which there are: GET /api/v1/dead-letters?state=open.");
          }
          return table;
        });
  }

  private static String named(String connection, String typed, LetterBox box, Connection session)
      throws SQLException {
    return new LetterTables(connection, box.tables(session))
        .named(typed, HttpStatus.UNPROCESSABLE_CONTENT);
  }

  /**
   * The table that a path names, as its letters spell it.
   *
   * @throws ProblemException 404 when there is none
   */
  String tableOfPath(String connection, String typed) {
    return inside(
        connection,
        (box, session) ->
            new LetterTables(connection, box.tables(session)).named(typed, HttpStatus.NOT_FOUND));
  }

  private DeadLetter find(String connection, String id) {
    Optional<DeadLetter> letter = inside(connection, (box, session) -> box.find(session, id));
    return letter.orElseThrow(
        () ->
            ProblemException.notFound(
                "DEAD_LETTER_NOT_FOUND",
                "There is no dead letter [" + id + "] in " + connection + ".",
                "Look at which there are: GET /api/v1/dead-letters."));
  }

  private static ProblemException notOpen(DeadLetter letter) {
    return ProblemException.conflict(
        "DEAD_LETTER_NOT_OPEN",
        "The dead letter [" + letter.id() + "] is " + letter.state().word() + ".",
        "Only open letters are edited, discarded or tried again.");
  }

  @FunctionalInterface
  private interface Look<T> {
    T at(LetterBox box, Connection session) throws SQLException;
  }

  private <T> T inside(String connection, Look<T> look) {
    ConnectionConfiguration target = configuration.connections().get(connection);
    if (target == null) {
      throw ProblemException.connectionNotFound(
          HttpStatus.UNPROCESSABLE_CONTENT, connection, configuration.connections().keySet());
    }
    try (Connection session = connections.open(connection)) {
      return look.at(new LetterBox(target), session);
    } catch (SQLException e) {
      SyncException error = Failures.explain("looking at the dead letters of " + connection, e);
      throw ProblemException.unavailable(error.code().name(), error.getMessage(), error.remedy());
    }
  }
}
