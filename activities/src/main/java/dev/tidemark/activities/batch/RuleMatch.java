package dev.tidemark.activities.batch;

import dev.tidemark.connect.catalog.TablePath;
import dev.tidemark.connect.catalog.TablePattern;
import dev.tidemark.connect.configuration.BatchPattern;
import dev.tidemark.connect.configuration.NotificationRule;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.TableProgress;
import java.time.Duration;
import java.util.List;

/**
 * Whether a rule means a batch, by what the batch is.
 *
 * <p>Connections, tables and codes look at the tables that failed, or at all of them where the
 * batch did not fail. Codes say nothing about batches that did not fail.
 */
final class RuleMatch {

  private static final String NOTHING_TO_SYNC = "NOTHING_TO_SYNC";

  private final NotificationRule rule;

  RuleMatch(NotificationRule rule) {
    this.rule = rule;
  }

  /** All but how the batch ended. */
  boolean means(BatchReport report) {
    Duration longerThan = rule.longerThan();
    return meansName(report.progress().name())
        && (longerThan == null || report.duration().compareTo(longerThan) > 0)
        && meansTables(report);
  }

  private boolean meansName(String name) {
    return rule.batches().isEmpty()
        || rule.batches().stream().anyMatch(pattern -> BatchPattern.matches(pattern, name));
  }

  private boolean meansTables(BatchReport report) {
    boolean failed = report.progress().status() == BatchStatus.FAILED;
    List<TableProgress> tables = failed ? report.failedTables() : report.progress().tables();
    if (tables.isEmpty()) {
      ErrorDetail error = report.error();
      return rule.tables().isEmpty()
          && (!failed || meansCode(error == null ? NOTHING_TO_SYNC : error.code()));
    }
    return tables.stream()
        .filter(table -> meansConnection(table.table().connection()))
        .filter(table -> meansTable(table, report.progress().tables()))
        .anyMatch(table -> !failed || meansCode(BatchReport.error(table).code()));
  }

  private boolean meansConnection(String connection) {
    return rule.connections().isEmpty() || rule.connections().contains(connection);
  }

  private boolean meansTable(TableProgress table, List<TableProgress> all) {
    return rule.tables().isEmpty()
        || rule.tables().stream()
            .anyMatch(
                pattern ->
                    TablePattern.parse(pattern).select(all, RuleMatch::path).contains(table));
  }

  private boolean meansCode(String code) {
    return rule.errorCodes().isEmpty() || rule.errorCodes().contains(code);
  }

  private static TablePath path(TableProgress table) {
    return new TablePath(table.table().connection(), table.table().schema(), table.table().table());
  }
}
