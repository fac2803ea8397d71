package dev.tidemark.activities.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DigestTest {

  @Test
  void signsAsTheStandardSays() {
    // RFC 4231, test case 2.
    assertThat(Digest.hmac("Jefe", "what do ya want for nothing?"))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  @Test
  void fingerprintsAreShortAndTellTextsApart() {
    assertThat(Digest.fingerprint("a")).hasSize(8).isNotEqualTo(Digest.fingerprint("b"));
  }
}
