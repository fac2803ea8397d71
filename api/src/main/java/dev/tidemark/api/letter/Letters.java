package dev.tidemark.api.letter;

import dev.tidemark.api.problem.ListRequests;
import dev.tidemark.api.problem.Problem.Mistake;
import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.connect.catalog.TablePath;
import dev.tidemark.connect.configuration.BatchConfiguration;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.letter.DeadLetter;
import dev.tidemark.connect.letter.LetterBox;
import dev.tidemark.connect.letter.LetterPage;
import dev.tidemark.connect.letter.LetterState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
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

  /**
   * A page of letters, newest first.
   *
   * @param connection of this target alone; of all targets when null
   * @param table of this target table alone; of all when null
   */
  LetterView.Listing page(
      @Nullable String connection,
      @Nullable String table,
      @Nullable String state,
      @Nullable String cursor,
      int limit) {
    List<String> states = Stream.of(LetterState.values()).map(LetterState::word).toList();
    ListRequests.check("state", state, states, limit);
    LetterState wanted = state == null ? null : LetterState.valueOf(state.toUpperCase(Locale.ROOT));
    LetterTables named = table == null ? null : new LetterTables(table);
    List<PlacedLetter> letters = new ArrayList<>();
    boolean more = false;
    try {
      for (String target : targets(connection)) {
        LetterPage page =
            inside(
                target,
                (box, session) -> {
                  String meant =
                      named == null ? null : named.in(target, box.tables(session)).orElse(null);
                  return named != null && meant == null
                      ? LetterPage.NONE
                      : box.page(session, meant, wanted, cursor, limit);
                });
        page.letters().forEach(letter -> letters.add(new PlacedLetter(target, letter)));
        more |= page.nextCursor() != null;
      }
    } catch (IllegalArgumentException e) {
      throw ListRequests.notACursor();
    }
    if (named != null) {
      List<TablePath> ignored = named.found(HttpStatus.UNPROCESSABLE_CONTENT);
    }
    letters.sort(Comparator.comparing(PlacedLetter::letter, DeadLetter.NEWEST_FIRST));
    return LetterView.Listing.of(letters, limit, more);
  }

  LetterView get(@Nullable String connection, String id) {
    return find(connection, id).view();
  }

  /**
   * The letter, which is open.
   *
   * @throws ProblemException 409 when it is not
   */
  LetterView open(@Nullable String connection, String id) {
    PlacedLetter found = find(connection, id);
    if (found.letter().state() != LetterState.OPEN) {
      throw notOpen(found.letter());
    }
    return found.view();
  }

  void edit(@Nullable String connection, String id, LetterEdits edits) {
    PlacedLetter found = find(connection, id);
    change(found, (box, session) -> box.edit(session, id, edits.of(found.letter())));
  }

  void discard(@Nullable String connection, String id) {
    change(find(connection, id), (box, session) -> box.discard(session, id));
  }

  private void change(PlacedLetter found, Look<Boolean> change) {
    if (!inside(found.connection(), change)) {
      throw notOpen(find(found.connection(), found.letter().id()).letter());
    }
  }

  /** The targets in which letters may lie: the one that is asked for, else those of all batches. */
  List<String> targets(@Nullable String asked) {
    return asked != null
        ? List.of(asked)
        : configuration.batches().values().stream()
            .map(BatchConfiguration::target)
            .distinct()
            .sorted()
            .toList();
  }

  /** Says that a request may mean several targets. */
  static ProblemException ambiguous(List<String> targets) {
    return ProblemException.invalid(
        List.of(new Mistake("connection", "must name a target: " + String.join(", ", targets))));
  }

  /**
   * The table that is meant, as its letters spell it; it has open ones.
   *
   * @param connection of this target; of the only one with open letters of it when null
   */
  TablePath table(@Nullable String connection, @Nullable String asked) {
    if (asked == null || asked.isBlank()) {
      throw ProblemException.invalid(List.of(new Mistake("table", "must be given")));
    }
    List<TablePath> named = named(connection, asked, HttpStatus.UNPROCESSABLE_CONTENT);
    List<TablePath> open = named.stream().filter(this::hasOpenLetters).toList();
    if (open.size() > 1) {
      throw ambiguous(open.stream().map(TablePath::connection).toList());
    }
    return open.stream()
        .findFirst()
        .orElseThrow(
            () ->
                ProblemException.conflict(
                    "NO_DEAD_LETTERS",
                    "Table [%s] of %s has no open dead letters."
                        .formatted(
                            named.getFirst().table(),
                            String.join(", ", named.stream().map(TablePath::connection).toList())),
                    "Look at which there are: GET /api/v1/dead-letters?state=open."));
  }

  private boolean hasOpenLetters(TablePath table) {
    return inside(
        table.connection(),
        (box, session) -> !box.open(session, table.table(), List.of()).isEmpty());
  }

  /**
   * The table that a path names, as its letters spell it.
   *
   * @throws ProblemException 404 when there is none
   */
  TablePath tableOfPath(@Nullable String connection, String typed) {
    List<TablePath> named = named(connection, typed, HttpStatus.NOT_FOUND);
    if (named.size() > 1) {
      throw ambiguous(named.stream().map(TablePath::connection).toList());
    }
    return named.getFirst();
  }

  private List<TablePath> named(@Nullable String connection, String typed, HttpStatus otherwise) {
    LetterTables tables = new LetterTables(typed);
    for (String target : targets(connection)) {
      Optional<String> ignored =
          tables.in(target, inside(target, (box, session) -> box.tables(session)));
    }
    return tables.found(otherwise);
  }

  /** The letter of an id; that is the same in several targets for one row that went to all. */
  private PlacedLetter find(@Nullable String connection, String id) {
    List<String> targets = targets(connection);
    List<PlacedLetter> found =
        targets.stream()
            .flatMap(
                target ->
                    inside(target, (box, session) -> box.find(session, id)).stream()
                        .map(letter -> new PlacedLetter(target, letter)))
            .toList();
    if (found.size() > 1) {
      throw ambiguous(found.stream().map(PlacedLetter::connection).toList());
    }
    return found.stream()
        .findFirst()
        .orElseThrow(
            () ->
                ProblemException.notFound(
                    "DEAD_LETTER_NOT_FOUND",
                    "There is no dead letter [" + id + "] in " + String.join(", ", targets) + ".",
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
