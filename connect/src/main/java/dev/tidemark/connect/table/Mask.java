package dev.tidemark.connect.table;

/** How the values of a column are hidden before they leave the source. */
public enum Mask {
  /**
   * The SHA-256 of the value's text form, or with a key its HMAC, in hexadecimal digits: equal
   * values stay equal.
   */
  HASH,
  /** Three asterisks for every value but NULL. */
  REDACT
}
