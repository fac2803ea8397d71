package dev.tidemark.connect.type;

/** How exactly the values of a column arrive in another. */
public enum Fidelity {
  /** Every value arrives as it is, or is refused by name; none is bent. */
  EXACT,
  /** Some values would be changed without a word. */
  LOSSY,
  /** The other type has no place for what these values are. */
  IMPOSSIBLE
}
