package dev.tidemark.connect.table;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The transactions that are open in a database and may write a table.
 *
 * @param age how long ago the oldest of those began whose beginning the database tells
 * @param prepared the name of one that was prepared for a commit in two phases, of which the
 *     database does not tell when it began; empty where there is none
 */
public record OpenTransactions(Duration age, Optional<String> prepared) {

  public OpenTransactions {
    Objects.requireNonNull(age, "age");
    Objects.requireNonNull(prepared, "prepared");
  }

  /** What people should know, since only they can end such a transaction. */
  public Optional<String> remark() {
    return prepared.map(
        name ->
            "Nobody knows when the prepared transaction %s began, so the watermark stays where it is: each"
                    .formatted(name)
                + " pass reads what changed since then once more, and after a first one every row,"
                + " until it is ended by COMMIT PREPARED or ROLLBACK PREPARED.");
  }
}
