package dev.tidemark.connect.control;

import java.util.Objects;

/**
 * A key at the only moment at which its secret is known.
 *
 * @param apiKey the key as it is listed from now on
 * @param secret what its user sends; never printed, and stored nowhere
 */
public record IssuedKey(ApiKey apiKey, String secret) {

  public IssuedKey {
    Objects.requireNonNull(apiKey, "apiKey");
    Objects.requireNonNull(secret, "secret");
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "IssuedKey[" + apiKey + "]";
  }
}
