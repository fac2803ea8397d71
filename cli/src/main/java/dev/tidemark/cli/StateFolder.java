package dev.tidemark.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one folder in which everything lies that Tidemark keeps on this machine: data of embedded
 * servers, logs, and how the command reaches the API.
 *
 * @param path the folder, absolute
 */
public record StateFolder(Path path) {

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  public StateFolder {
    path = path.toAbsolutePath().normalize();
  }

  /** The folder that the option names, else TIDEMARK_HOME, else {@code .tidemark}. */
  public static StateFolder of(@Nullable Path option, @Nullable String variable) {
    if (option != null) {
      return new StateFolder(option);
    }
    return new StateFolder(
        Path.of(variable == null || variable.isBlank() ? ".tidemark" : variable));
  }

  public Path postgres() {
    return path.resolve("postgres");
  }

  public Path mariadb() {
    return path.resolve("mariadb");
  }

  public Path temporalDatabase() {
    return path.resolve("temporal.db");
  }

  /** Unpacked and downloaded programs; safe to delete while nothing runs. */
  public Path binaries() {
    return path.resolve("bin");
  }

  public Path log(String name) {
    return path.resolve("logs").resolve(name + ".log");
  }

  /** The file whose lock says that a process holds the folder. */
  public Path lock() {
    return path.resolve("lock");
  }

  /** Whether a process holds the folder: one that runs from it, starts or stops. */
  public boolean isHeld() {
    if (!Files.exists(lock())) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(lock(), StandardOpenOption.WRITE);
        FileLock probe = channel.tryLock()) {
      return probe == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (AccessDeniedException e) {
      // Somebody else's, who may or may not run.
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at " + lock(), e);
    }
  }

  /** Where the running API can be found. */
  public Path apiAddress() {
    return path.resolve("api.json");
  }

  /** The key with which this machine's command calls the API. */
  public Path apiKey() {
    return path.resolve("api-key");
  }

  /** A secret that is made once and kept in a file that only the owner reads. */
  public String secret(String name) {
    Path file = path.resolve(name);
    return read(file)
        .orElseGet(
            () -> {
              byte[] bytes = new byte[24];
              new SecureRandom().nextBytes(bytes);
              String secret = HexFormat.of().formatHex(bytes);
              writePrivately(file, secret + "\n");
              return secret;
            });
  }

  /** What the file says, without blanks around it; empty when there is no such file. */
  public static Optional<String> read(Path file) {
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Writes a file that only its owner reads, in one step. */
  public static void writePrivately(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Path draft = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(draft);
      Files.createFile(draft, OWNER_ONLY);
      Files.writeString(draft, text);
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
