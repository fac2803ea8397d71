package dev.tidemark.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.cli.Terminals;
import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.client.Batch;
import org.junit.jupiter.api.Test;

class VerdictTextTest {

  private static final String DIFFERING =
      """
      {"id":"lmp.public.ad_org","missing":1,"extra":0,"different":0,"inLetters":0,"decided":%d,
       "keyless":false}""";

  private static String verdict(String verification) throws JsonProcessingException {
    String batch =
        """
        {"id":"repair_1","kind":"repair","name":"branches","status":"completed"%s,
         "tables":[{"id":"lmp.public.ad_org","connection":"lmp","table":"ad_org",
           "status":"completed","recordsDecided":2}]}"""
            .formatted(verification);
    return String.join(
        "\n",
        new VerdictText(Terminals.plain())
            .lines(ApiClient.read(new ObjectMapper().readTree(batch), Batch.class)));
  }

  private static String compared(boolean equal, String tables) {
    return """
        ,"verification":{"id":"verify_1","status":"completed","equal":%b,"totalTables":1,
          "comparedTables":1,"differingTables":%d,"recordsDecided":2,"tables":[%s]}"""
        .formatted(equal, equal ? 0 : 1, tables);
  }

  @Test
  void rowsAboutWhichPeopleDecidedAreToldOnce() throws Exception {
    String stays = "2 rows differ as somebody decided in their dead letters, and stay so.";
    assertThat(verdict("")).contains(stays);
    assertThat(verdict(compared(true, "")))
        .contains("is equal, but for 2 rows that differ as somebody decided")
        .doesNotContain(stays);
    assertThat(verdict(compared(false, DIFFERING.formatted(2))))
        .containsOnlyOnce("somebody decided")
        .doesNotContain(stays);
    assertThat(verdict(compared(false, DIFFERING.formatted(1))))
        .as("of a table that is not named")
        .contains(stays);
  }
}
