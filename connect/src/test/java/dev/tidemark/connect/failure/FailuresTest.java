package dev.tidemark.connect.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {

  @ParameterizedTest
  @CsvSource({
    "08006, 0, CONNECTION_FAILED",
    "57P01, 0, CONNECTION_FAILED",
    "40001, 0, DATABASE_BUSY",
    "40P01, 0, DATABASE_BUSY",
    "53300, 0, DATABASE_BUSY",
    "53100, 0, DATABASE_OUT_OF_SPACE",
    "28P01, 0, BAD_CREDENTIALS",
    "3D000, 0, DATABASE_NOT_FOUND",
    "42P01, 0, TABLE_NOT_FOUND",
    "42501, 0, ACCESS_DENIED",
    "42601, 0, BAD_STATEMENT",
    "22001, 0, VALUE_DOES_NOT_FIT",
    "23505, 0, CONSTRAINT_VIOLATED",
    "25006, 0, DATABASE_READ_ONLY",
    "08S01, 0, CONNECTION_FAILED",
    "28000, 1045, BAD_CREDENTIALS",
    "42000, 1044, ACCESS_DENIED",
    "42000, 1049, DATABASE_NOT_FOUND",
    "42S02, 1146, TABLE_NOT_FOUND",
    "40001, 1213, DATABASE_BUSY",
    "HY000, 1205, DATABASE_BUSY",
    "HY000, 1290, DATABASE_READ_ONLY",
    "HY000, 1114, DATABASE_OUT_OF_SPACE",
    "54000, 0, VALUE_DOES_NOT_FIT",
    "42000, 1118, VALUE_DOES_NOT_FIT",
    "HY000, 1820, BAD_CREDENTIALS",
    "HY000, 3118, BAD_CREDENTIALS",
    "42000, 1226, DATABASE_BUSY",
    "HY000, 1874, DATABASE_READ_ONLY",
    "HY000, 9999, UNCLASSIFIED"
  })
  void readsWhatTheDatabaseSays(String state, int code, ErrorCode expected) {
    assertThat(Failures.classify(new SQLException("words", state, code))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Got error 28 \"No space left on device\" from storage engine InnoDB",
        "Error writing file './binlog.000003' (errno: 28 \"No space left on device\")"
      })
  void aFullDiskIsToldByTheNumberOfTheSystem(String message) {
    assertThat(Failures.classify(new SQLException(message, "HY000", 1030)))
        .isEqualTo(ErrorCode.DATABASE_OUT_OF_SPACE);
    assertThat(Failures.classify(new SQLException(message.replace("28", "281"), "HY000", 1030)))
        .isEqualTo(ErrorCode.UNCLASSIFIED);
  }

  @Test
  void aCauseThatSaysMoreCountsMore() {
    SQLException refused = new SQLException("no", "28P01");
    assertThat(Failures.classify(new SQLRecoverableException("pool", "08001", refused)))
        .isEqualTo(ErrorCode.BAD_CREDENTIALS);
    assertThat(Failures.classify(new SQLException("link", "08S01", new EOFException())))
        .isEqualTo(ErrorCode.CONNECTION_FAILED);
    assertThat(Failures.classify(new IOException("read", new SQLException("gone", "57P01"))))
        .isEqualTo(ErrorCode.CONNECTION_FAILED);
  }

  @Test
  void explainsWhatWasDoneAndWhatToDo() {
    SyncException explained =
        Failures.explain("copying a.b to c", new SQLException("ERROR:\n  no such table", "42P01"));
    assertThat(explained).hasMessage("While copying a.b to c: ERROR: no such table");
    assertThat(explained.remedy()).isEqualTo(Failures.remedy(ErrorCode.TABLE_NOT_FOUND));
    assertThat(Failures.explain("anything", explained)).isSameAs(explained);
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void everyCodeHasARemedy(ErrorCode code) {
    assertThat(Failures.remedy(code)).endsWith(".");
  }

  @Test
  void errorsOfTheMachineAreToldFromThoseOfTheDatabase() {
    assertThat(Failures.classify(new OutOfMemoryError("Java heap space")))
        .isEqualTo(ErrorCode.WORKER_OUT_OF_MEMORY);
    assertThat(Failures.classify(new IOException("reading", new OutOfMemoryError("heap"))))
        .isEqualTo(ErrorCode.WORKER_OUT_OF_MEMORY);
    assertThat(Failures.classify(new StackOverflowError())).isEqualTo(ErrorCode.UNCLASSIFIED);
  }
}
