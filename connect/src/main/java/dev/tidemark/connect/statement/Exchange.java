package dev.tidemark.connect.statement;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Puts rows of a table aside for a moment, so that they can give unique values to each other. */
public interface Exchange {

  /**
   * Whether nothing would notice that rows of the table are away, and they would come back as an
   * update leaves them. What is true now may be false with the next chunk.
   */
  boolean goesUnnoticed(Connection session) throws SQLException;

  /** Makes the temporary table that takes the rows meanwhile. */
  void prepare(Statement statement) throws SQLException;
}
