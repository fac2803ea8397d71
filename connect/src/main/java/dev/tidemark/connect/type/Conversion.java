package dev.tidemark.connect.type;

import java.util.Objects;

/**
 * What becomes of a column's values in a column of another type.
 *
 * @param source type of the values
 * @param target type that takes them
 * @param fidelity how exactly
 * @param loss what would be lost, or why they cannot be taken; empty when exact
 * @param refused values that the target has no place for: each is found when it is loaded, and
 *     fails its row; empty when it takes all
 * @param remedy by which type or setting nothing would be lost; empty when nothing is
 */
public record Conversion(
    ColumnType source,
    ColumnType target,
    Fidelity fidelity,
    String loss,
    String refused,
    String remedy) {

  public Conversion {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(fidelity, "fidelity");
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(refused, "refused");
    Objects.requireNonNull(remedy, "remedy");
  }

  /** What the engine does with these values on their way from one type to the other. */
  public static Conversion of(ColumnType source, ColumnType target) {
    String refused = RefusedValues.of(source, target);
    String obstacle = Obstacle.of(source, target);
    if (obstacle != null) {
      return new Conversion(
          source, target, Fidelity.IMPOSSIBLE, obstacle, refused, remedy(source, target));
    }
    String loss = SilentLoss.of(source, target);
    return loss == null
        ? new Conversion(source, target, Fidelity.EXACT, "", refused, "")
        : new Conversion(source, target, Fidelity.LOSSY, loss, refused, remedy(source, target));
  }

  private static String remedy(ColumnType source, ColumnType target) {
    if (source.kind() == ColumnKind.UNSUPPORTED) {
      return "leave the column out with exclude";
    }
    if (target.server() == null) {
      return "give the target's column a type that holds " + source.nativeName();
    }
    ColumnType fits =
        switch (target.server()) {
          case POSTGRESQL -> PostgresTypes.created(source);
          case MYSQL, MARIADB -> MysqlTypes.created(source, target.server(), true);
        };
    return "make the target's column " + fits.nativeName();
  }
}
