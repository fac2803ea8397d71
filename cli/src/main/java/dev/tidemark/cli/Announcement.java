package dev.tidemark.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a Tidemark that runs from a state folder says of itself there.
 *
 * @param url of its API
 * @param pid of its API
 * @param configuration the file that its roles loaded
 * @param fingerprint of that file when they did
 */
public record Announcement(
    String url, long pid, @Nullable Path configuration, @Nullable String fingerprint) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public Announcement {
    Objects.requireNonNull(url, "url");
  }

  /** That of whoever runs from the folder; empty when nobody does. */
  public static Optional<Announcement> of(StateFolder home) {
    return StateFolder.read(home.apiAddress())
        .map(text -> parse(home, text))
        .filter(announcement -> !announcement.url().isEmpty());
  }

  private static Announcement parse(StateFolder home, String text) {
    try {
      JsonNode json = JSON.readTree(text);
      return new Announcement(
          json.path("url").asText(""),
          json.path("pid").asLong(),
          json.hasNonNull("configuration") ? Path.of(json.get("configuration").asText()) : null,
          json.hasNonNull("fingerprint") ? json.get("fingerprint").asText() : null);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + home.apiAddress(), e);
    }
  }

  /** Leaves it in the folder. */
  public void leave(StateFolder home) {
    ObjectNode json = JSON.createObjectNode().put("url", url).put("pid", pid);
    if (configuration != null) {
      json.put("configuration", configuration.toString()).put("fingerprint", fingerprint);
    }
    StateFolder.writePrivately(home.apiAddress(), json + "\n");
  }

  /** What to know when the file is another one than the one that was loaded; else empty. */
  public Optional<String> outdated() {
    return configuration == null || fingerprint(configuration).equals(fingerprint)
        ? Optional.empty()
        : Optional.of(
            configuration
                + " was changed since Tidemark loaded it. Restart to use it: Ctrl+C where "
                + Shell.command("up")
                + " runs, then "
                + Shell.command("up")
                + " again.");
  }

  /** The same for the same content; empty when the file cannot be read. */
  public static String fingerprint(Path file) {
    try {
      byte[] content = Files.readAllBytes(file);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (IOException e) {
      return "";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
