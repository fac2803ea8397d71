package dev.tidemark.connect.control;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** How keys to the API look: {@code tm_} and 256 random bits, so that scanners recognise them. */
public final class ApiKeySecrets {

  private static final Pattern SHAPE = Pattern.compile("tm_[A-Za-z0-9_-]{43}");
  private static final SecureRandom RANDOM = new SecureRandom();

  private ApiKeySecrets() {}

  /** A new secret. */
  public static String create() {
    return "tm_" + random(32);
  }

  static String createId() {
    return "key_" + random(9);
  }

  static boolean hasShape(String secret) {
    return SHAPE.matcher(secret).matches();
  }

  private static String random(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }
}
