package dev.tidemark.connect.configuration;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who is told when a batch ends. */
public sealed interface NotificationConfiguration {

  /** Which ends to tell about; those that {@code failed} or were {@code interrupted} by default. */
  NotificationRule rule();

  /**
   * A POST of a JSON document.
   *
   * @param url where to; may bear a secret, never printed
   * @param secret key of the HMAC-SHA256 signature in {@code X-Tidemark-Signature}; unsigned when
   *     null
   */
  record Webhook(URI url, @Nullable String secret, NotificationRule rule)
      implements NotificationConfiguration {
    public Webhook {
      Objects.requireNonNull(url, "url");
      Objects.requireNonNull(rule, "rule");
    }

    @Override
    public String toString() {
      return "Webhook[" + url.getHost() + "]";
    }
  }

  /**
   * A message to a Slack incoming webhook, or to anything that takes its format.
   *
   * @param url where to; bears a secret, never printed
   */
  record Slack(URI url, NotificationRule rule) implements NotificationConfiguration {
    public Slack {
      Objects.requireNonNull(url, "url");
      Objects.requireNonNull(rule, "rule");
    }

    @Override
    public String toString() {
      return "Slack[" + url.getHost() + "]";
    }
  }

  /**
   * A plain-text mail.
   *
   * @param host SMTP server
   * @param port its port
   * @param tls whether STARTTLS is required
   * @param username user to sign in as; anonymous when null
   * @param password its password; never printed
   */
  record Email(
      String host,
      int port,
      boolean tls,
      @Nullable String username,
      @Nullable String password,
      String from,
      List<String> to,
      NotificationRule rule)
      implements NotificationConfiguration {

    public static final int DEFAULT_PORT = 587;
    public static final boolean DEFAULT_TLS = true;

    public Email {
      Objects.requireNonNull(host, "host");
      Objects.requireNonNull(from, "from");
      Objects.requireNonNull(rule, "rule");
      to = List.copyOf(to);
    }

    @Override
    public String toString() {
      return "Email[" + host + ", " + to + "]";
    }
  }
}
