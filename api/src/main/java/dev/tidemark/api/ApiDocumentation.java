package dev.tidemark.api;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the OpenAPI document says beside what the controllers say. */
@Configuration(proxyBeanMethods = false)
class ApiDocumentation {

  private static final String KEY = "key";

  @Bean
  OpenAPI openApi() {
    SecurityScheme key =
        new SecurityScheme()
            .type(SecurityScheme.Type.HTTP)
            .scheme("bearer")
            .description(
                "An API key. Viewers look, operators start and steer, admins manage keys.");
    return new OpenAPI()
        .info(
            new Info()
                .title("Tidemark")
                .version("v1")
                .description(
                    "Keeps databases in step. Errors are application/problem+json (RFC 9457) with a"
                        + " stable code; times are ISO 8601 in UTC."))
        .components(new Components().addSecuritySchemes(KEY, key))
        .addSecurityItem(new SecurityRequirement().addList(KEY));
  }
}
