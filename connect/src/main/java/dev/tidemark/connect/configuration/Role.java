package dev.tidemark.connect.configuration;

/** What a key may do; each role may do what the one before may. */
public enum Role {
  /** Look at everything but keys. */
  VIEWER,
  /** Start and steer syncs. */
  OPERATOR,
  /** Manage keys. */
  ADMIN;

  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }
}
