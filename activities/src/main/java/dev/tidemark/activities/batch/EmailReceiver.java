package dev.tidemark.activities.batch;

import dev.tidemark.connect.configuration.NotificationConfiguration.Email;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.TableProgress;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a plain-text mail. Its Message-ID is the same for every attempt, so that mailboxes show a
 * duplicate once.
 */
final class EmailReceiver implements Receiver {

  private static final Logger logger = LoggerFactory.getLogger(EmailReceiver.class);

  private static final int MOST_TABLES = 50;
  private static final int IMPLICIT_TLS_PORT = 465;

  private final Email configuration;
  private final Duration timeout;
  private final Clock clock;

  EmailReceiver(Email configuration, Duration timeout, Clock clock) {
    this.configuration = configuration;
    this.timeout = timeout;
    this.clock = clock;
  }

  @Override
  public String id() {
    return "email-"
        + Digest.fingerprint(
            String.join(
                "\n",
                configuration.host(),
                Integer.toString(configuration.port()),
                configuration.from(),
                String.join(",", configuration.to())));
  }

  @Override
  public void deliver(BatchReport report, String notificationId) throws DeliveryException {
    String receiver = "email by " + configuration.host();
    Session session = Session.getInstance(properties());
    try {
      send(session, message(session, report, notificationId), receiver);
    } catch (AuthenticationFailedException e) {
      throw new DeliveryException(receiver + " refused username and password", false);
    } catch (MessagingException e) {
      throw new DeliveryException(receiver + " was not sent: " + reason(e), true);
    }
  }

  private void send(Session session, MimeMessage message, String receiver)
      throws MessagingException {
    Transport transport = session.getTransport("smtp");
    try {
      transport.connect(configuration.username(), configuration.password());
      transport.sendMessage(message, message.getAllRecipients());
    } catch (SendFailedException e) {
      if (count(e.getValidSentAddresses()) == 0) {
        throw e;
      }
      // To try again for them would tell those twice who have it.
      logger.warn(
          "{} did not take a mail for {} of its {} addresses: {}",
          receiver,
          count(e.getInvalidAddresses()) + count(e.getValidUnsentAddresses()),
          configuration.to().size(),
          reason(e));
    } finally {
      close(transport);
    }
  }

  private static int count(Address @Nullable [] addresses) {
    return addresses == null ? 0 : addresses.length;
  }

  /** Whoever has taken the mail has it, however the talk ends. */
  private static void close(Transport transport) {
    try {
      transport.close();
    } catch (MessagingException e) {
      logger.debug("A mail server did not say goodbye.", e);
    }
  }

  private Properties properties() {
    String milliseconds = Long.toString(timeout.toMillis());
    boolean implicitTls = configuration.tls() && configuration.port() == IMPLICIT_TLS_PORT;
    boolean startTls = configuration.tls() && !implicitTls;
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.host", configuration.host());
    properties.setProperty("mail.smtp.port", Integer.toString(configuration.port()));
    properties.setProperty("mail.smtp.auth", Boolean.toString(configuration.username() != null));
    properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(implicitTls));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(startTls));
    properties.setProperty("mail.smtp.starttls.required", Boolean.toString(startTls));
    // One mailbox that is gone keeps the mail from nobody else.
    properties.setProperty("mail.smtp.sendpartial", "true");
    properties.setProperty("mail.smtp.connectiontimeout", milliseconds);
    properties.setProperty("mail.smtp.timeout", milliseconds);
    properties.setProperty("mail.smtp.writetimeout", milliseconds);
    return properties;
  }

  private MimeMessage message(Session session, BatchReport report, String notificationId)
      throws MessagingException {
    MimeMessage message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader(
                "Message-ID",
                "<" + notificationId.replace('/', '.').replace(':', '.') + "@tidemark>");
          }
        };
    message.setFrom(new InternetAddress(configuration.from()));
    for (String to : configuration.to()) {
      message.addRecipient(Message.RecipientType.TO, new InternetAddress(to));
    }
    message.setSubject(report.title(), StandardCharsets.UTF_8.name());
    message.setSentDate(Date.from(clock.instant()));
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setText(text(report), StandardCharsets.UTF_8.name());
    message.saveChanges();
    return message;
  }

  private static String text(BatchReport report) {
    StringBuilder text = new StringBuilder();
    text.append(report.title()).append(" (").append(report.progress().batchId()).append(").\n");
    text.append(report.summary()).append(".\n");
    List<TableProgress> failed = report.failedTables();
    for (TableProgress table : failed.subList(0, Math.min(failed.size(), MOST_TABLES))) {
      ErrorDetail error = BatchReport.error(table);
      text.append("\n").append(table.table()).append(" [").append(error.code()).append("]\n  ");
      text.append(error.message()).append("\n  ").append(error.remedy()).append("\n");
    }
    if (failed.size() > MOST_TABLES) {
      text.append("\nAnd ").append(failed.size() - MOST_TABLES).append(" more.\n");
    }
    if (!report.unequal().isEmpty()) {
      text.append('\n').append(String.join("\n", report.unequal())).append('\n');
    }
    if (report.repairCommand() != null) {
      text.append("\nTo mend it:\n  ").append(report.repairCommand()).append("\n");
    }
    if (report.lettersCommand() != null) {
      text.append("\nRows that the target refuses:\n  ")
          .append(report.lettersCommand())
          .append("\n");
    }
    if (report.resumeCommand() != null) {
      text.append("\nTo go on where it stopped:\n  ").append(report.resumeCommand()).append("\n");
    }
    return text.toString();
  }

  /** In the words of the server, which stand behind those of the library. */
  private static String reason(MessagingException error) {
    StringBuilder words = new StringBuilder();
    for (Exception link = error;
        link != null;
        link = link instanceof MessagingException mail ? mail.getNextException() : null) {
      words
          .append(words.isEmpty() ? "" : ": ")
          .append(link.getMessage() == null ? link.getClass().getSimpleName() : link.getMessage());
    }
    String message = words.toString();
    String line = message.strip().replaceAll("\\s*\\R\\s*", " ");
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }
}
