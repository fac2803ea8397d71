package dev.tidemark.api.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.Answer;
import dev.tidemark.api.ApiEnvironment;
import org.junit.jupiter.api.Test;

class ConnectionsIT {

  @Test
  void saysHowEveryConnectionIs() throws Exception {
    try (ApiEnvironment environment = new ApiEnvironment()) {
      Answer answer = environment.get("/api/v1/connections");
      assertThat(answer.body().at("/connections")).hasSize(4);
      assertThat(answer.text("/connections/0/name")).isEqualTo("dashboard");
      assertThat(answer.body().at("/connections/0/healthy").asBoolean()).isTrue();
      assertThat(answer.text("/connections/0/type")).isEqualTo("postgresql");
      assertThat(answer.text("/connections/0/version")).startsWith("PostgreSQL 18");
      assertThat(answer.number("/connections/0/latencyMs")).isPositive();
      assertThat(answer.body().at("/connections/0/error").isNull()).isTrue();

      assertThat(answer.text("/connections/2/name")).isEqualTo("pgsql_offline");
      assertThat(answer.body().at("/connections/2/healthy").asBoolean()).isFalse();
      assertThat(answer.text("/connections/2/error/code")).isEqualTo("CONNECTION_FAILED");
      assertThat(answer.text("/connections/2/error/remedy")).isNotEmpty();
      assertThat(answer.response().body()).doesNotContain("password");
    }
  }
}
