package dev.tidemark.cli.role;

import dev.tidemark.cli.Announcement;
import dev.tidemark.cli.StateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Holds a state folder for one process; the system gives it back when the process ends. */
public final class StateLock implements AutoCloseable {

  private static final int TRIES = 10;
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);

  private final FileChannel channel;

  private StateLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the folder.
   *
   * @throws IllegalStateException when another process holds it
   */
  public static StateLock take(StateFolder home) {
    Path file = home.lock();
    try {
      Files.createDirectories(home.path());
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = taken(channel);
      if (lock == null) {
        channel.close();
        throw new IllegalStateException(
            "Tidemark runs already from "
                + home.path()
                + ". "
                + Announcement.of(home).flatMap(Announcement::outdated).orElse(otherwise(home)));
      }
      return new StateLock(channel);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock " + file, e);
    }
  }

  /** A command that looks whether the folder is held has the lock for a moment itself. */
  private static @Nullable FileLock taken(FileChannel channel) throws IOException {
    FileLock lock = channel.tryLock();
    for (int i = 0; lock == null && i < TRIES; i++) {
      LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
      lock = channel.tryLock();
    }
    return lock;
  }

  private static String otherwise(StateFolder home) {
    return Announcement.of(home)
            .map(Announcement::configuration)
            .map(configuration -> "It loaded " + configuration + ". ")
            .orElse("")
        + "Stop that one, or name another folder with --home.";
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
