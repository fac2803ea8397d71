package dev.tidemark.connect.checkpoint;

import dev.tidemark.connect.table.SliceName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Slices of a table that may share rows with another one. Two share none when a column is a
 * constant of both, with another value in each.
 */
final class OverlappingSlices {

  /**
   * A slice beside another.
   *
   * @param owner whose pass is not finished; null where it is, or where there is none
   */
  record Neighbor(SliceKey key, @Nullable Owner owner) {}

  private final String slices;
  private final SliceKey key;
  private final Map<String, String> constants;

  /**
   * The slices beside one.
   *
   * @param slices the table that has a row of each, quoted
   */
  OverlappingSlices(String slices, SliceKey key) {
    this.slices = slices;
    this.key = key;
    this.constants = SliceName.constants(key.slice());
  }

  /** As they stand. */
  List<Neighbor> find(Connection session) throws SQLException {
    return find(session, "");
  }

  /** The same, with all rows of the table locked in one order, so that claims of two wait. */
  void lock(Connection session) throws SQLException {
    List<Neighbor> ignored = find(session, " ORDER BY slice FOR UPDATE");
  }

  /**
   * Raises the tokens of those whose pass is not finished, of which nobody holds any: what still
   * writes there, though it has lost its session or its run, can commit nothing beside the grant.
   * Whose they are stays, so that they keep other runs away as before.
   */
  void fence(Connection session, List<Neighbor> neighbors) throws SQLException {
    try (PreparedStatement update =
        session.prepareStatement(
            "UPDATE " + slices + " SET token = token + 1 WHERE table_name = ? AND slice = ?")) {
      for (Neighbor neighbor : neighbors) {
        if (neighbor.owner() != null) {
          update.setString(1, neighbor.key().table());
          update.setString(2, neighbor.key().slice());
          update.executeUpdate();
        }
      }
    }
  }

  private List<Neighbor> find(Connection session, String how) throws SQLException {
    try (PreparedStatement query =
        session.prepareStatement(
            "SELECT slice, finished, owner_namespace, owner_workflow, owner_run FROM "
                + (slices + " WHERE table_name = ?" + how))) {
      query.setString(1, key.table());
      try (ResultSet row = query.executeQuery()) {
        List<Neighbor> neighbors = new ArrayList<>();
        while (row.next()) {
          String slice = row.getString(1);
          if (!slice.equals(key.slice()) && overlaps(slice)) {
            neighbors.add(
                new Neighbor(
                    new SliceKey(key.table(), slice),
                    row.getInt(2) != 0
                        ? null
                        : Owner.of(row.getString(3), row.getString(4), row.getString(5))));
          }
        }
        return neighbors;
      }
    }
  }

  private boolean overlaps(String slice) {
    return SliceName.constants(slice).entrySet().stream()
        .allMatch(
            constant ->
                constants
                    .getOrDefault(constant.getKey(), constant.getValue())
                    .equals(constant.getValue()));
  }
}
