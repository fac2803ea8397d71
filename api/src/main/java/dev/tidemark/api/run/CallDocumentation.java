package dev.tidemark.api.run;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import java.util.stream.Stream;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;

/** Adds to the OpenAPI document which operations take an idempotency key. */
@Component
final class CallDocumentation implements GlobalOperationCustomizer {

  CallDocumentation() {
    var ignored = SpringDocUtils.getConfig().addRequestWrapperToIgnore(Call.class);
  }

  @Override
  public Operation customize(Operation operation, HandlerMethod method) {
    boolean takesKey =
        Stream.of(method.getMethodParameters())
            .anyMatch(parameter -> parameter.getParameterType().equals(Call.class));
    return takesKey
        ? operation.addParametersItem(
            new HeaderParameter()
                .name(Call.KEY)
                .required(false)
                .schema(new StringSchema())
                .description(
                    "Of your choosing: the same request with the same key is carried out once"
                        + " within 24 hours."))
        : operation;
  }
}
