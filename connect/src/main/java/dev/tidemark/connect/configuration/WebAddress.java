package dev.tidemark.connect.configuration;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Addresses of the web. They may bear a secret, so no mistake shows one. */
final class WebAddress {

  private static final String ALLOWED = "a URL that begins with https://host or http://host";

  private WebAddress() {}

  static Optional<URI> parse(String text) {
    try {
      URI uri = new URI(text);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return web && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  static @Nullable URI read(Section section, String key) {
    String text = section.text(key);
    if (text == null) {
      return null;
    }
    Optional<URI> uri = parse(text);
    if (uri.isEmpty()) {
      section.mistake(key, "what is no web address", ALLOWED);
    }
    return uri.orElse(null);
  }

  static @Nullable URI required(Section section, String key) {
    if (!section.has(key)) {
      section.mistake(key, "nothing", ALLOWED + " (required)");
      return null;
    }
    return read(section, key);
  }
}
