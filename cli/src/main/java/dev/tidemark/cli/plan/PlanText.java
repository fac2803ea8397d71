package dev.tidemark.cli.plan;

import dev.tidemark.cli.client.Plan;
import dev.tidemark.cli.client.SyncError;
import dev.tidemark.cli.terminal.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plan in words. */
final class PlanText {

  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private PlanText() {}

  /** All lines. */
  static List<String> report(Plan plan) {
    List<String> lines = new ArrayList<>();
    for (Plan.Table table : plan.tables()) {
      lines.addAll(table(table));
      lines.add("");
    }
    lines.addAll(conclusion(plan));
    return lines;
  }

  private static List<String> table(Plan.Table table) {
    List<String> lines = new ArrayList<>();
    lines.add(table.id() + " → " + table.target());
    String mode = table.mode();
    String fate = table.fate();
    if (mode != null && fate != null) {
      lines.add("    " + how(table, mode));
      lines.add("    " + size(table));
      lines.add("    " + target(table, fate));
    }
    table.changes().stream()
        .filter(change -> !change.equals("creates the table"))
        .forEach(change -> lines.add("      " + change));
    table.columns().forEach(column -> lines.add("    column " + column(column)));
    if (table.moreColumns() > 0) {
      lines.add("    … and " + Words.plural(table.moreColumns(), "column") + " more");
    }
    if (!table.indexes().isEmpty()) {
      lines.add("    indexes after the rows: " + String.join(", ", table.indexes()));
    }
    if (!table.leftOut().isEmpty()) {
      lines.add("    left out: " + String.join(", ", table.leftOut()));
    }
    table.remarks().forEach(remark -> lines.add("    note: " + remark));
    table.statements().forEach(statement -> lines.add("    " + statement + ";"));
    for (SyncError refusal : table.refusals()) {
      lines.add("  ✗ " + refusal.code() + ": " + refusal.message());
      if (refusal.remedy() != null) {
        lines.add("    → " + refusal.remedy());
      }
    }
    return lines;
  }

  private static String how(Plan.Table table, String mode) {
    StringBuilder how = new StringBuilder("mode ").append(mode);
    String deletes = table.deletes();
    if (deletes != null && !deletes.equals("ignore")) {
      how.append(", deletes ").append(deletes);
    }
    how.append(table.key().isEmpty() ? ", no key" : ", key " + String.join(", ", table.key()));
    return how.append(", up to ").append(Words.plural(table.ranges(), "range")).toString();
  }

  private static String size(Plan.Table table) {
    String rows = table.rows() == 0 ? "rows unknown" : "about " + Words.plural(table.rows(), "row");
    String bytes = table.bytes() == 0 ? "" : ", " + bytes(table.bytes());
    return rows + bytes + ", " + time(table);
  }

  private static String time(Plan.Table table) {
    if (table.estimatedSeconds() == null) {
      return "no basis for a time";
    }
    String about = "about " + Words.duration(table.estimatedSeconds());
    return "guess".equals(table.paceFrom())
        ? about + ", guessed (" + table.estimatedFrom() + ")"
        : about + " (from " + table.estimatedFrom() + ")";
  }

  private static String time(Plan plan) {
    List<Plan.Table> counted =
        plan.tables().stream()
            .filter(table -> table.estimatedSeconds() != null && table.refusals().isEmpty())
            .toList();
    if (plan.estimatedSeconds() == null) {
      long without =
          plan.tables().stream()
              .filter(table -> table.estimatedSeconds() == null && table.refusals().isEmpty())
              .count();
      return without == 0
          ? "no time can be told"
          : "no time can be told: no basis for " + Words.plural(without, "table");
    }
    String about = "about " + Words.duration(plan.estimatedSeconds());
    if (plan.guessedTables() == 0) {
      return about;
    }
    return plan.guessedTables() == counted.size()
        ? about + ", guessed"
        : about + ", guessed for " + Words.plural(plan.guessedTables(), "table");
  }

  private static String target(Plan.Table table, String fate) {
    return switch (fate) {
      case "created" -> "the target's table would be created";
      case "missing" -> "the target has no such table";
      case "widened" -> "the target's table would be widened";
      default ->
          table.changes().isEmpty()
              ? "the target's table is taken as it is"
              : "the target's table is there";
    };
  }

  private static String column(Plan.Column column) {
    StringBuilder words = new StringBuilder(column.column());
    if (!column.column().equals(column.target())) {
      words.append(" as ").append(column.target());
    }
    words.append(" (").append(column.sourceType());
    if (!column.targetType().isEmpty()) {
      words.append(" to ").append(column.targetType());
    }
    words.append("): ");
    words.append(
        switch (column.fidelity()) {
          case "computed" -> "left out, the target computes it";
          case "missing" -> "missing in the target";
          case "lossy" -> "loses " + column.loss();
          case "impossible" -> "cannot keep " + column.loss();
          default -> "exact";
        });
    if (!column.refused().isEmpty()) {
      words.append("; refuses ").append(column.refused());
    }
    if (!column.remedy().isEmpty()) {
      words.append("; to pass, ").append(column.remedy());
    }
    return words.toString();
  }

  private static List<String> conclusion(Plan plan) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s into %s: %s, about %s, %s; %s"
            .formatted(
                plan.batch(),
                plan.target(),
                Words.plural(plan.tables().size(), "table"),
                Words.plural(plan.rows(), "row"),
                bytes(plan.bytes()),
                time(plan)));
    long refused = plan.tables().stream().filter(table -> !table.refusals().isEmpty()).count();
    if (!plan.status().equals("completed")) {
      lines.add("The plan is " + plan.standing() + ".");
      if (plan.interruption() != null) {
        lines.add("Reason: " + plan.interruption());
      }
      plan.retries().forEach(retry -> lines.add("Waiting: " + retry.words()));
    } else if (plan.tables().isEmpty()) {
      lines.add("There is nothing to sync: no source has a table that matches.");
    } else if (refused > 0) {
      lines.add(Words.plural(refused, "table") + " would be refused.");
    } else {
      lines.add("Nothing would refuse it, as far as can be told before.");
    }
    return lines;
  }

  private static String bytes(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 1024 && unit < UNITS.length - 1) {
      size /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", size, UNITS[unit]);
  }
}
