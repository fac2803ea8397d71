package dev.tidemark.connect.configuration;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Binds who is told when a batch ends. */
final class NotificationBinder {

  private static final String TYPES = "webhook, slack or email";
  private static final Set<String> STATUSES = Set.of("completed", "failed", "interrupted");

  private final Reading reading;
  private final Value value;

  NotificationBinder(Reading reading, Value value) {
    this.reading = reading;
    this.value = value;
  }

  /** Null when something is wrong with it. */
  @Nullable NotificationConfiguration bind() {
    int before = reading.count();
    Section open = value.section(null);
    if (open == null) {
      return null;
    }
    String type = open.required("type", TYPES);
    if (type == null) {
      return null;
    }
    NotificationConfiguration bound =
        switch (type) {
          case "webhook" -> webhook(value.section(ConfigurationKeys.WEBHOOK));
          case "slack" -> slack(value.section(ConfigurationKeys.SLACK));
          case "email" -> email(value.section(ConfigurationKeys.EMAIL));
          default -> {
            open.wrong("type", TYPES);
            yield null;
          }
        };
    return reading.count() == before ? bound : null;
  }

  private static @Nullable NotificationConfiguration webhook(@Nullable Section section) {
    if (section == null) {
      return null;
    }
    URI url = WebAddress.required(section, "url");
    String secret = section.text("secret");
    Set<String> on = on(section);
    return url == null ? null : new NotificationConfiguration.Webhook(url, secret, on);
  }

  private static @Nullable NotificationConfiguration slack(@Nullable Section section) {
    if (section == null) {
      return null;
    }
    URI url = WebAddress.required(section, "url");
    Set<String> on = on(section);
    return url == null ? null : new NotificationConfiguration.Slack(url, on);
  }

  private static @Nullable NotificationConfiguration email(@Nullable Section section) {
    if (section == null) {
      return null;
    }
    String host = section.required("host", "the name or address of the SMTP server");
    int port = section.number("port", NotificationConfiguration.Email.DEFAULT_PORT, 1, 65535);
    boolean tls = section.flag("tls", NotificationConfiguration.Email.DEFAULT_TLS);
    String username = section.text("username");
    String password = section.text("password");
    if (section.has("username") != section.has("password")) {
      section.mistake(
          section.has("username") ? "password" : "username",
          "nothing",
          "username and password together");
    }
    String from = section.required("from", "the sender's mail address");
    if (from != null && !isMailAddress(from)) {
      section.wrong("from", "a mail address");
    }
    List<String> to = section.texts("to");
    if (to.isEmpty()) {
      section.mistake("to", "nothing", "at least one mail address (required)");
    }
    for (String address : to) {
      if (!isMailAddress(address)) {
        section.mistake("to", "\"" + address + "\"", "mail addresses");
      }
    }
    Set<String> on = on(section);
    return host == null || from == null
        ? null
        : new NotificationConfiguration.Email(host, port, tls, username, password, from, to, on);
  }

  private static Set<String> on(Section section) {
    if (!section.has("on")) {
      return NotificationConfiguration.DEFAULT_ON;
    }
    List<String> statuses = section.texts("on");
    for (String status : statuses) {
      if (!STATUSES.contains(status)) {
        section.mistake("on", "\"" + status + "\"", "completed, failed, interrupted");
      }
    }
    return new LinkedHashSet<>(statuses);
  }

  private static boolean isMailAddress(String address) {
    return address.matches("[^\\s@<>,;\"]+@[^\\s@<>,;\"]+");
  }
}
