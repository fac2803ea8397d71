package dev.tidemark.connect.control;

import dev.tidemark.connect.digest.Sha256;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * SHA-256 of a secret. Keys have 256 random bits, so that nobody can guess one from its hash, and a
 * slow hash would only slow every call.
 */
public final class KeyHash {

  private final byte[] bytes;

  private KeyHash(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The hash of a text. */
  public static KeyHash of(String text) {
    return new KeyHash(Sha256.of(text));
  }

  static KeyHash ofBytes(byte[] bytes) {
    return new KeyHash(bytes.clone());
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /** Compares in a time that does not depend on where the hashes differ. */
  @Override
  public boolean equals(Object other) {
    return other instanceof KeyHash hash && MessageDigest.isEqual(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
