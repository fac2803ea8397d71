package dev.tidemark.connect.configuration;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds who is told when a batch ends. */
final class NotificationBinder {

  private static final String TYPES = "webhook, slack or email";

  private final Reading reading;
  private final Value value;
  private final NotificationRuleBinder.Names names;

  NotificationBinder(Reading reading, Value value, NotificationRuleBinder.Names names) {
    this.reading = reading;
    this.value = value;
    this.names = names;
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

  private @Nullable NotificationConfiguration webhook(@Nullable Section section) {
    if (section == null) {
      return null;
    }
    URI url = WebAddress.required(section, "url");
    String secret = section.text("secret");
    NotificationRule rule = new NotificationRuleBinder(section, names).bind();
    return url == null ? null : new NotificationConfiguration.Webhook(url, secret, rule);
  }

  private @Nullable NotificationConfiguration slack(@Nullable Section section) {
    if (section == null) {
      return null;
    }
    URI url = WebAddress.required(section, "url");
    NotificationRule rule = new NotificationRuleBinder(section, names).bind();
    return url == null ? null : new NotificationConfiguration.Slack(url, rule);
  }

  private @Nullable NotificationConfiguration email(@Nullable Section section) {
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
    NotificationRule rule = new NotificationRuleBinder(section, names).bind();
    return host == null || from == null
        ? null
        : new NotificationConfiguration.Email(host, port, tls, username, password, from, to, rule);
  }

  private static boolean isMailAddress(String address) {
    return address.matches("[^\\s@<>,;\"]+@[^\\s@<>,;\"]+");
  }
}
