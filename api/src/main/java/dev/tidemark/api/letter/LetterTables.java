package dev.tidemark.api.letter;

import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.connect.catalog.TablePath;
import dev.tidemark.connect.catalog.TablePattern;
import dev.tidemark.connect.failure.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/** Which tables of the targets are meant, where letters of one are asked for. */
final class LetterTables {

  private final String typed;
  private final TablePattern name;
  private final List<String> targets = new ArrayList<>();
  private final List<TablePath> tables = new ArrayList<>();
  private final List<TablePath> meant = new ArrayList<>();

  LetterTables(String typed) {
    this.typed = typed;
    this.name = TablePattern.name(typed);
  }

  /**
   * The table that is meant in one more target, as its letters spell it.
   *
   * @param known the tables of that target that may be meant
   * @throws ProblemException 409 when it may be several
   */
  Optional<String> in(String target, List<TablePath> known) {
    targets.add(target);
    tables.addAll(known);
    List<TablePath> found = name.resolve(known, table -> table);
    if (found.size() > 1) {
      throw ProblemException.tableAmbiguous(typed, found);
    }
    meant.addAll(found);
    return found.stream().findFirst().map(TablePath::table);
  }

  /**
   * One of each target that has it.
   *
   * @param otherwise what a name that means none in any target is answered with
   */
  List<TablePath> found(HttpStatus otherwise) {
    if (meant.isEmpty()) {
      throw ProblemException.of(
          otherwise,
          ErrorCode.TABLE_NOT_FOUND.name(),
          "There is no table [%s] in %s, and no dead letter of one.%s"
              .formatted(typed, String.join(", ", targets), name.didYouMean(tables)),
          "Name one table of the target; GET /api/v1/dead-letters shows those with letters.");
    }
    return List.copyOf(meant);
  }
}
