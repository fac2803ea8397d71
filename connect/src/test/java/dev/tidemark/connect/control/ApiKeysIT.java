package dev.tidemark.connect.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.connect.configuration.Role;
import dev.tidemark.connect.failure.SyncException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiKeysIT {

  private final MovableClock clock = new MovableClock();
  private EmbeddedPostgres postgres;
  private ApiKeys keys;

  @BeforeEach
  void open() throws IOException {
    postgres = EmbeddedPostgres.start();
    keys = new ApiKeys(new ControlAccess(postgres.getPostgresDatabase(), "public"), clock);
  }

  @AfterEach
  void close() throws IOException {
    postgres.close();
  }

  @Test
  void aCreatedKeyHolds() {
    IssuedKey issued = keys.create("ci", Role.OPERATOR, "root");
    assertThat(issued.secret()).startsWith("tm_").hasSize(46);
    assertThat(keys.authenticate(issued.secret())).contains(issued.apiKey());
    assertThat(keys.authenticate(ApiKeySecrets.create())).isEmpty();
    assertThat(keys.authenticate("tm_short")).isEmpty();
    assertThat(keys.authenticate("")).isEmpty();
  }

  @Test
  void theSecretIsNowhere() throws SQLException {
    IssuedKey issued = keys.create("ci", Role.OPERATOR, "root");
    keys.authenticate(issued.secret());
    assertThat(issued.toString()).doesNotContain(issued.secret());
    try (Connection session = postgres.getPostgresDatabase().getConnection();
        Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery("select api_keys::text from api_keys")) {
      row.next();
      assertThat(row.getString(1)).contains("ci").doesNotContain(issued.secret().substring(3));
    }
  }

  @Test
  void aRevokedKeyHoldsNoMore() {
    IssuedKey issued = keys.create("ci", Role.OPERATOR, "root");
    keys.authenticate(issued.secret());
    assertThat(keys.revoke(issued.apiKey().id())).isTrue();
    assertThat(keys.revoke(issued.apiKey().id())).isFalse();
    assertThat(keys.revoke("key_unknown")).isFalse();
    assertThat(keys.authenticate(issued.secret())).isEmpty();
    assertThat(keys.list().getFirst().revokedAt()).isEqualTo(clock.instant());
  }

  @Test
  void listsWhenAKeyWasLastUsed() {
    IssuedKey issued = keys.create("ci", Role.VIEWER, "root");
    assertThat(keys.list()).containsExactly(issued.apiKey());
    clock.move(Duration.ofMinutes(5));
    keys.authenticate(issued.secret());
    assertThat(keys.list().getFirst().lastUsedAt()).isEqualTo(clock.instant());
  }

  @Test
  void aKeyRevokedElsewhereStopsSoon() {
    IssuedKey issued = keys.create("ci", Role.VIEWER, "root");
    keys.authenticate(issued.secret());
    new ApiKeys(new ControlAccess(postgres.getPostgresDatabase(), "public"), clock)
        .revoke(issued.apiKey().id());
    clock.move(ApiKeyCache.FRESH);
    assertThat(keys.authenticate(issued.secret())).isEmpty();
  }

  @Test
  void aLostDatabaseLocksOutNobodyWhoCalledLately() throws IOException {
    IssuedKey known = keys.create("ci", Role.VIEWER, "root");
    IssuedKey neverUsed = keys.create("new", Role.VIEWER, "root");
    keys.authenticate(known.secret());
    postgres.close();

    clock.move(Duration.ofMinutes(30));
    assertThat(keys.authenticate(known.secret())).contains(known.apiKey());
    assertThatThrownBy(() -> keys.authenticate(neverUsed.secret()))
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.code().retryable()).isTrue());
    clock.move(Duration.ofMinutes(31));
    assertThatThrownBy(() -> keys.authenticate(known.secret())).isInstanceOf(SyncException.class);
  }
}
