package dev.tidemark.connect.table;

/** How a database wants bytes spelled in the lines that it loads. */
public enum ByteSpelling {
  /** Digits only; the load statement turns them to bytes. */
  HEX,
  /** Digits behind {@code \x}, as PostgreSQL's own input reads them. */
  PREFIXED_HEX
}
