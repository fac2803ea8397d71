package dev.tidemark.api.letter;

import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.connect.catalog.TablePath;
import dev.tidemark.connect.catalog.TablePattern;
import dev.tidemark.connect.failure.ErrorCode;
import java.util.List;
import org.springframework.http.HttpStatus;

/**
 * Which table of a target is meant, where letters of one are asked for.
 *
 * @param tables those that may be meant
 */
record LetterTables(String connection, List<TablePath> tables) {

  LetterTables {
    tables = List.copyOf(tables);
  }

  /**
   * The table that is meant, as its letters spell it.
   *
   * @param otherwise what a name that means none is answered with
   * @throws ProblemException 409 when it may be several
   */
  String named(String typed, HttpStatus otherwise) {
    TablePattern name = TablePattern.name(typed);
    List<TablePath> meant = name.resolve(tables, table -> table);
    if (meant.isEmpty()) {
      throw ProblemException.of(
          otherwise,
          ErrorCode.TABLE_NOT_FOUND.name(),
          "There is no table [%s] in %s, and no dead letter of one.%s"
              .formatted(typed, connection, name.didYouMean(tables)),
          "Name one table of the target; GET /api/v1/dead-letters shows those with letters.");
    }
    if (meant.size() > 1) {
      throw ProblemException.tableAmbiguous(typed, meant);
    }
    return meant.getFirst().table();
  }
}
