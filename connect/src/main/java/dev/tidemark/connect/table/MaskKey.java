package dev.tidemark.connect.table;

import dev.tidemark.connect.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A secret without which nobody can tell which value a masked one was by trying those that are
 * likely. Databases compute HMAC-SHA-256 (RFC 2104) by their SHA-256: of {@link #outer} and the
 * hash of {@link #inner} and the value.
 *
 * @param secret any text; one that is longer than a block is hashed first, as the standard has it
 */
public record MaskKey(String secret) {

  private static final int BLOCK = 64;
  private static final int FINGERPRINT_DIGITS = 16;
  private static final byte INNER = 0x36;
  private static final byte OUTER = 0x5c;

  public MaskKey {
    Objects.requireNonNull(secret, "secret");
  }

  /** What stands before the value, in hexadecimal digits. */
  public String inner() {
    return HexFormat.of().formatHex(padded(INNER));
  }

  /** What stands before the hash of that, in hexadecimal digits. */
  public String outer() {
    return HexFormat.of().formatHex(padded(OUTER));
  }

  /** Tells two keys apart, and nothing of either: the beginning of the HMAC of a word. */
  String fingerprint() {
    byte[] inside = Sha256.of(padded(INNER), "tidemark".getBytes(StandardCharsets.UTF_8));
    return HexFormat.of()
        .formatHex(Sha256.of(padded(OUTER), inside))
        .substring(0, FINGERPRINT_DIGITS);
  }

  private byte[] padded(byte pad) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(bytes.length > BLOCK ? Sha256.of(bytes) : bytes, BLOCK);
    for (int i = 0; i < padded.length; i++) {
      padded[i] ^= pad;
    }
    return padded;
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "MaskKey[" + fingerprint() + "]";
  }
}
