package dev.tidemark.activities.letter;

import dev.tidemark.activities.table.CopySessions;
import dev.tidemark.connect.checkpoint.Owner;
import dev.tidemark.connect.checkpoint.OwnerLookup;
import dev.tidemark.connect.checkpoint.SliceBusyException;
import dev.tidemark.connect.checkpoint.Slices;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.connection.Lease;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.failure.Thrown;
import dev.tidemark.connect.letter.LetterBox;
import dev.tidemark.connect.letter.LetterPlace;
import dev.tidemark.workflows.PayloadJson;
import dev.tidemark.workflows.letter.LetterTask;
import dev.tidemark.workflows.table.BusySlice;
import dev.tidemark.workflows.table.TableTask;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Tries the letters of one target table again, slice by slice. */
final class TableRetry {

  /** Letters that are tried alike. */
  private record Group(String slice, String task) {}

  private final Connections connections;
  private final LetterTask task;
  private final LetterCounts counts;
  private final BooleanSupplier stop;
  private final ConnectionConfiguration target;
  private final Slices slices;

  TableRetry(
      Connections connections,
      OwnerLookup owners,
      LetterTask task,
      LetterCounts counts,
      BooleanSupplier stop) {
    this.connections = connections;
    this.task = task;
    this.counts = counts;
    this.stop = stop;
    this.target = connections.configuration(task.connection());
    this.slices = new Slices(target, owners);
    if (target.readOnly()) {
      throw new SyncException(
          ErrorCode.READ_ONLY_TARGET,
          "Connection " + target.name() + " is read-only.",
          Failures.remedy(ErrorCode.READ_ONLY_TARGET));
    }
  }

  /**
   * False when it was to stop before the last letter. A slice that is busy is counted as such; one
   * that fails leaves the others alone, and its error is thrown behind them.
   */
  boolean run(Owner owner, int attempt) throws SQLException, InterruptedException {
    List<Exception> failures = new ArrayList<>();
    for (Map.Entry<Group, List<LetterPlace>> entry : groups().entrySet()) {
      try {
        if (!tried(
            PayloadJson.read(entry.getKey().task(), TableTask.class),
            entry.getValue(),
            owner,
            attempt)) {
          return false;
        }
      } catch (SliceBusyException e) {
        counts.busy(new BusySlice(e.slice().table(), e.slice().slice(), e.holder()));
      } catch (SQLException | SyncException e) {
        failures.add(e);
      }
    }
    throwFirst(failures);
    return true;
  }

  private static void throwFirst(List<Exception> failures) throws SQLException {
    if (failures.isEmpty()) {
      return;
    }
    Exception first = failures.getFirst();
    failures.stream().skip(1).forEach(first::addSuppressed);
    throw Thrown.sql(first);
  }

  private Map<Group, List<LetterPlace>> groups() throws SQLException {
    try (Connection session = connections.open(target.name())) {
      return new LetterBox(target)
          .open(session, task.table(), task.ids()).stream()
              .collect(
                  Collectors.groupingBy(
                      place -> new Group(place.slice(), place.task()),
                      LinkedHashMap::new,
                      Collectors.toList()));
    }
  }

  private boolean tried(TableTask table, List<LetterPlace> places, Owner owner, int attempt)
      throws SQLException, InterruptedException {
    List<String> names = List.of(table.source().connection(), target.name());
    Optional<Lease> granted = connections.lease(names, stop);
    if (granted.isEmpty()) {
      return false;
    }
    try (Lease lease = granted.get();
        CopySessions sessions = CopySessions.open(connections, names, lease)) {
      boolean all =
          new SliceRetry(connections, target, slices, table, counts, stop)
              .run(sessions, places, owner, task.generation(), attempt);
      sessions.clean();
      return all;
    }
  }
}
