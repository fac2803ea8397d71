package dev.tidemark.connect.configuration;

import java.util.Objects;

/**
 * One thing that is wrong in a configuration. Bears no secret: values of secret keys are never
 * shown, values from the environment are shown as the variable that brought them.
 *
 * @param path where, such as {@code batches.branches.sources[0].connection}; empty when the whole
 *     file is meant
 * @param line line of the file, counted from 1; 0 when no line is meant
 * @param found what stands there
 * @param allowed what may stand there
 */
public record Mistake(String path, int line, String found, String allowed) {

  public Mistake {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(found, "found");
    Objects.requireNonNull(allowed, "allowed");
  }

  @Override
  public String toString() {
    return (line > 0 ? "line " + line + ": " : "")
        + (path.isEmpty() ? "" : path + ": ")
        + "found "
        + found
        + "; allowed: "
        + allowed;
  }
}
