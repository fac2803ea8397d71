package dev.tidemark.api;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the OpenAPI document says beside what the controllers say; packages add their parts. */
@Configuration(proxyBeanMethods = false)
class ApiDocumentation {

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Tidemark")
                .version("v1")
                .description(
                    "Keeps databases in step. Errors are application/problem+json (RFC 9457) with a"
                        + " stable code; times are ISO 8601 in UTC. Keys of viewers look, those of"
                        + " operators start and steer, those of admins manage keys."))
        .components(new Components());
  }
}
