package dev.tidemark.cli.verification;

import dev.tidemark.cli.client.SyncError;
import dev.tidemark.cli.client.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A verification in words. */
final class VerificationText {

  private VerificationText() {}

  /** Such as {@code 3 of 12 tables compared, 1 differs}. */
  static String progress(Verification verification) {
    return "%d of %d tables compared, %d %s"
        .formatted(
            count(verification, "completed"),
            verification.tables().size(),
            differing(verification),
            differing(verification) == 1 ? "differs" : "differ");
  }

  /** All lines of its report. */
  static List<String> report(Verification verification) {
    List<String> lines = new ArrayList<>();
    for (Verification.Table table : verification.tables()) {
      lines.add(headline(table));
      if (oneSideIsEmpty(table)) {
        continue;
      }
      for (Verification.Key key : table.keys()) {
        lines.add("    " + words(key));
      }
      long unnamed =
          table.keyless() ? 0 : table.differing() + table.decided() - table.keys().size();
      if (unnamed > 0) {
        lines.add(String.format(Locale.ROOT, "    … and %,d more", unnamed));
      }
    }
    lines.add("");
    lines.add(conclusion(verification));
    if (verification.interruption() != null) {
      lines.add("Reason: " + verification.interruption());
    }
    if (!verification.running()) {
      lines.addAll(remedies(verification));
    }
    return lines;
  }

  /** Every row of the other side differs: the headline says it all, unless letters say more. */
  private static boolean oneSideIsEmpty(Verification.Table table) {
    return table.differing() > 0
        && table.decided() == 0
        && table.inLetters() == 0
        && (Objects.equals(table.sourceRows(), 0L) || Objects.equals(table.targetRows(), 0L));
  }

  private static List<String> remedies(Verification verification) {
    List<Verification.Table> tables = verification.tables();
    return Differences.remedies(
        verification.batch(),
        verification.id(),
        tables.stream().anyMatch(Verification.Table::mendable),
        tables.stream().mapToLong(Verification.Table::inLetters).sum(),
        tables.stream()
            .filter(table -> table.keyless() && table.differing() > 0)
            .map(Verification.Table::id)
            .toList());
  }

  private static String headline(Verification.Table table) {
    SyncError error = table.error();
    if (error != null) {
      return table.id() + ": could not be compared: " + error.message() + " " + error.remedy();
    }
    if (!table.status().equals("completed")) {
      return table.id() + ": not compared";
    }
    String rows =
        String.format(
            Locale.ROOT,
            "%s → %s: %,d rows, %,d in the target: ",
            table.id(),
            table.target(),
            table.sourceRows(),
            table.targetRows());
    return rows
        + (table.differing() == 0
            ? "equal" + Differences.butFor(table.decided())
            : differences(table).words());
  }

  private static Differences differences(Verification.Table table) {
    return new Differences(
        Objects.requireNonNullElse(table.missing(), 0L),
        Objects.requireNonNullElse(table.extra(), 0L),
        Objects.requireNonNullElse(table.different(), 0L),
        table.inLetters(),
        table.decided(),
        table.keyless());
  }

  private static String words(Verification.Key key) {
    return difference(key) + reason(key.letter());
  }

  private static String reason(Verification.@Nullable Letter letter) {
    if (letter == null) {
      return "";
    }
    return letter.state().equals("open")
        ? ": in open letter " + letter.id()
        : ": " + letter.state() + " in letter " + letter.id();
  }

  private static String difference(Verification.Key key) {
    String name = String.join(", ", key.key());
    return switch (key.kind()) {
      case "missing" -> name + " is missing in the target";
      case "extra" -> name + " is only in the target";
      default ->
          key.columns().isEmpty()
              ? name + " differed"
              : name + " differs in " + String.join(", ", key.columns());
    };
  }

  private static String conclusion(Verification verification) {
    if (verification.equal()) {
      int tables = verification.tables().size();
      long decided = verification.tables().stream().mapToLong(Verification.Table::decided).sum();
      return (tables == 1 ? "The table is equal" : "All " + tables + " tables are equal")
          + Differences.butFor(decided)
          + ".";
    }
    if (verification.running()) {
      return (verification.interruption() == null ? "It runs: " : "It is interrupting: ")
          + progress(verification)
          + ".";
    }
    if (verification.status().equals("interrupted")) {
      return "It was interrupted: " + progress(verification) + ".";
    }
    long failed = verification.tables().size() - count(verification, "completed");
    return differing(verification)
        + " of "
        + verification.tables().size()
        + " tables differ"
        + (failed == 0 ? "." : ", " + failed + " could not be compared.");
  }

  private static long count(Verification verification, String status) {
    return verification.tables().stream().filter(table -> table.status().equals(status)).count();
  }

  private static long differing(Verification verification) {
    return verification.tables().stream().filter(table -> table.differing() > 0).count();
  }
}
