package dev.tidemark.connect.configuration;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Binds how to reach Temporal. */
final class TemporalBinder {

  private static final String ADDRESS = "host:port, such as 127.0.0.1:7233";

  private final Reading reading;
  private final Section section;

  TemporalBinder(Reading reading, Section section) {
    this.reading = reading;
    this.section = section;
  }

  /** Where the file says nothing of Temporal: what the environment says, or this machine. */
  static TemporalConfiguration fallback(Reading reading) {
    String address =
        reading
            .environment()
            .variable(ConfigurationLoader.TEMPORAL_ADDRESS)
            .orElse(TemporalConfiguration.DEFAULT_ADDRESS);
    if (!isAddress(address)) {
      reading.mistake(
          "temporal",
          0,
          "what ${" + ConfigurationLoader.TEMPORAL_ADDRESS + "} stands for",
          ADDRESS);
    }
    URI ui =
        reading
            .environment()
            .variable(ConfigurationLoader.TEMPORAL_UI)
            .flatMap(WebAddress::parse)
            .orElse(null);
    return new TemporalConfiguration(
        address, TemporalConfiguration.DEFAULT_NAMESPACE, false, null, null, null, null, ui);
  }

  TemporalConfiguration bind() {
    String address = section.text("address", TemporalConfiguration.DEFAULT_ADDRESS);
    if (!isAddress(address)) {
      section.wrong("address", ADDRESS);
    }
    String namespace = section.text("namespace", TemporalConfiguration.DEFAULT_NAMESPACE);
    Path certificate = file("certificate");
    Path certificateKey = file("certificate-key");
    if (section.has("certificate") != section.has("certificate-key")) {
      section.mistake(
          section.has("certificate") ? "certificate-key" : "certificate",
          "nothing",
          "certificate and certificate-key together");
    }
    Path serverCa = file("server-ca");
    String apiKey = section.text("api-key");
    boolean needsTls = certificate != null || serverCa != null || apiKey != null;
    boolean tls = section.flag("tls", needsTls);
    if (needsTls && !tls) {
      section.mistake(
          "tls", "false beside a certificate or an API key", "true, which is then the default");
    }
    return new TemporalConfiguration(
        address,
        namespace,
        tls,
        certificate,
        certificateKey,
        serverCa,
        apiKey,
        WebAddress.read(section, "ui"));
  }

  private @Nullable Path file(String key) {
    String text = section.text(key);
    if (text == null) {
      return null;
    }
    try {
      Path directory = reading.directory();
      Path file = directory == null ? Path.of(text) : directory.resolve(text);
      if (directory != null && !Files.isReadable(file)) {
        section.wrong(key, "a file that can be read, relative to the configuration");
      }
      return file;
    } catch (InvalidPathException e) {
      section.wrong(key, "the name of a file");
      return null;
    }
  }

  private static boolean isAddress(String address) {
    int colon = address.lastIndexOf(':');
    if (colon < 1 || !address.substring(colon + 1).matches("\\d{1,5}")) {
      return false;
    }
    int port = Integer.parseInt(address.substring(colon + 1));
    return port >= 1
        && port <= 65535
        && address.substring(0, colon).matches("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]");
  }
}
