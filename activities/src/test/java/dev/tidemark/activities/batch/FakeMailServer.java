package dev.tidemark.activities.batch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** As much of SMTP (RFC 5321, RFC 4954) as it takes to be sent a mail. */
final class FakeMailServer implements AutoCloseable {

  private final ServerSocket socket;
  private final @Nullable String refused;
  private final String refusal;
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final List<String> mails = new CopyOnWriteArrayList<>();

  /**
   * @param refusal answer to the command that it begins with, such as {@code "RCPT 550 unknown"};
   *     null to accept everything
   */
  FakeMailServer(@Nullable String refusal) throws IOException {
    this(
        refusal == null ? null : refusal.substring(0, refusal.indexOf(' ')),
        refusal == null ? "" : refusal.substring(refusal.indexOf(' ') + 1));
  }

  /**
   * @param refused how the commands begin that are refused; null to accept everything
   * @param refusal the answer to those; blank for none
   */
  FakeMailServer(@Nullable String refused, String refusal) throws IOException {
    this.refused = refused;
    this.refusal = refusal;
    this.socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return socket.getLocalPort();
  }

  List<String> commands() {
    return commands;
  }

  List<String> mails() {
    return mails;
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        talk(client);
      } catch (SocketException e) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void talk(Socket client) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
    OutputStream out = client.getOutputStream();
    say(out, "220 fake");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      commands.add(line);
      String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
      if (refused != null && line.startsWith(refused)) {
        if (!refusal.isBlank()) {
          say(out, refusal);
        }
      } else if (verb.equals("EHLO")) {
        say(out, "250-fake");
        say(out, "250 AUTH PLAIN");
      } else if (verb.equals("AUTH")) {
        say(out, "235 welcome");
      } else if (verb.equals("DATA")) {
        say(out, "354 go on");
        mails.add(data(in));
        say(out, "250 taken");
      } else if (verb.equals("QUIT")) {
        say(out, "221 bye");
        return;
      } else {
        say(out, "250 fine");
      }
    }
  }

  private static String data(BufferedReader in) throws IOException {
    StringBuilder mail = new StringBuilder();
    for (String line = Objects.requireNonNull(in.readLine());
        !line.equals(".");
        line = Objects.requireNonNull(in.readLine())) {
      mail.append(line).append('\n');
    }
    return mail.toString();
  }

  private static void say(OutputStream out, String answer) throws IOException {
    out.write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
