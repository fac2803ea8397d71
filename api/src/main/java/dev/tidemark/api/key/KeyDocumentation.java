package dev.tidemark.api.key;

import dev.tidemark.api.problem.ProblemDocumentation;
import dev.tidemark.connect.configuration.Role;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;

/** Adds to the OpenAPI document who may call what, out of the table of {@link Endpoints}. */
@Component
final class KeyDocumentation implements GlobalOpenApiCustomizer {

  private static final String BEARER = "bearer";
  private static final String HEADER = "header";

  @Override
  public void customise(OpenAPI document) {
    document
        .getComponents()
        .addSecuritySchemes(
            BEARER,
            new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .description("An API key, as Authorization: Bearer."))
        .addSecuritySchemes(
            HEADER,
            new SecurityScheme()
                .type(SecurityScheme.Type.APIKEY)
                .in(SecurityScheme.In.HEADER)
                .name(KeyFilter.HEADER)
                .description("The same in a header of its own."));
    document.setSecurity(keys());
    document
        .getPaths()
        .forEach(
            (pattern, path) ->
                path.readOperationsMap()
                    .forEach(
                        (method, operation) ->
                            describe(HttpMethod.valueOf(method.name()), pattern, operation)));
  }

  /** Either of the two. */
  private static List<SecurityRequirement> keys() {
    return List.of(
        new SecurityRequirement().addList(BEARER), new SecurityRequirement().addList(HEADER));
  }

  private static void describe(HttpMethod method, String pattern, Operation operation) {
    Optional<Role> role =
        Endpoints.find(method, PathContainer.parsePath(pattern)).map(Endpoint::role);
    if (role.isEmpty()) {
      operation.setSecurity(List.of());
      return;
    }
    operation.setSecurity(keys());
    String needed = role.get().name().toLowerCase(Locale.ROOT);
    operation
        .getResponses()
        .addApiResponse(
            "401", ProblemDocumentation.response("There is no key, or none that holds."))
        .addApiResponse(
            "403",
            ProblemDocumentation.response(
                "The role of the key is too small: it takes " + needed + "."));
  }
}
