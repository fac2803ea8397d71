package dev.tidemark.connect.target;

/**
 * What may be done to a target table, and lost on the way into it.
 *
 * @param create whether a missing table is created
 * @param widen whether columns that the source has and the table lacks are added to it, and types
 *     that hold too little are widened where that is safe
 * @param lose whether values may be changed where the table's columns hold less than the source's
 */
public record TargetPolicy(boolean create, boolean widen, boolean lose) {

  /** Takes the table as it is, and nothing that it would change. */
  public static final TargetPolicy STRICT = new TargetPolicy(false, false, false);

  /** Creates a missing table. */
  public static final TargetPolicy CREATE = new TargetPolicy(true, false, false);

  /** The same for somebody who only looks: what may be lost, and nothing done. */
  public TargetPolicy looking() {
    return new TargetPolicy(false, false, lose);
  }
}
