package dev.tidemark.workflows.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TemporalEndpointTest {

  @Test
  void credentialsImplyTls() {
    assertThat(TemporalEndpoint.plain("h:1", "default").secured()).isFalse();
    assertThat(endpoint(null, null, "secret").secured()).isTrue();
    assertThat(endpoint(Path.of("c"), Path.of("k"), null).secured()).isTrue();
  }

  @Test
  void theApiKeyIsNotPrinted() {
    assertThat(endpoint(null, null, "secret").toString()).doesNotContain("secret");
  }

  @Test
  void aCertificateNeedsItsKey() {
    assertThatThrownBy(() -> endpoint(Path.of("c"), null, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static TemporalEndpoint endpoint(
      @Nullable Path certificate, @Nullable Path key, @Nullable String apiKey) {
    return new TemporalEndpoint("h:1", "default", false, certificate, key, null, apiKey);
  }
}
