package dev.tidemark.cli.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Lays out server programs that come packed in jars, once. */
final class Unpacking {

  /** Writes the files of a package below a folder. */
  private interface Source {
    void unpackInto(Path folder) throws IOException;
  }

  private Unpacking() {}

  /** Unpacks a {@code .txz} resource, unless the folder exists. */
  static Path archive(String resource, Path folder) {
    return once(
        folder,
        draft -> {
          try (InputStream packed = open(resource);
              TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            TarArchiveEntry entry;
            while ((entry = tar.getNextEntry()) != null) {
              write(entry, tar, inside(draft, entry.getName()));
            }
          }
        });
  }

  /** Unpacks what lies below a folder of a jar, unless the folder exists; all files executable. */
  static Path jarFolder(String resource, Path folder) {
    return once(
        folder,
        draft -> {
          URL url = Unpacking.class.getClassLoader().getResource(resource);
          if (url == null || !(url.openConnection() instanceof JarURLConnection connection)) {
            throw new IOException(resource + " is in no jar on the class path");
          }
          JarFile jar = connection.getJarFile();
          for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
            if (entry.getName().startsWith(resource) && !entry.isDirectory()) {
              Path file = inside(draft, entry.getName().substring(resource.length()));
              Files.createDirectories(file.getParent());
              try (InputStream content = jar.getInputStream(entry)) {
                Files.copy(content, file);
              }
              setExecutable(file);
            }
          }
        });
  }

  private static Path once(Path folder, Source source) {
    if (Files.isDirectory(folder)) {
      return folder;
    }
    try {
      Files.createDirectories(folder.getParent());
      // Another process may unpack the same: each writes a draft, the first to finish wins.
      Path draft = Files.createTempDirectory(folder.getParent(), folder.getFileName() + ".");
      Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
      source.unpackInto(draft);
      if (!draft.toFile().renameTo(folder.toFile())) {
        delete(draft);
      }
      if (!Files.isDirectory(folder)) {
        throw new IOException(folder + " cannot be created");
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack " + folder.getFileName(), e);
    }
  }

  private static InputStream open(String resource) throws IOException {
    InputStream stream = Unpacking.class.getClassLoader().getResourceAsStream(resource);
    if (stream == null) {
      throw new IOException(resource + " is not on the class path");
    }
    return stream;
  }

  private static Path inside(Path folder, String name) throws IOException {
    Path file = folder.resolve(name.startsWith("/") ? name.substring(1) : name).normalize();
    if (!file.startsWith(folder)) {
      throw new IOException(name + " points outside its archive");
    }
    return file;
  }

  private static void write(TarArchiveEntry entry, InputStream content, Path file)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
    } else if (entry.isLink()) {
      throw new IOException("hard links are not expected: " + entry.getName());
    } else {
      Files.copy(content, file);
      if ((entry.getMode() & 0100) != 0) {
        setExecutable(file);
      }
    }
  }

  private static void setExecutable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
