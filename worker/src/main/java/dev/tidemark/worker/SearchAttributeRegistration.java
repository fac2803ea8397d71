package dev.tidemark.worker;

import dev.tidemark.workflows.SearchAttributes;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.common.SearchAttributeKey;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that the namespace knows Tidemark's search attributes. */
final class SearchAttributeRegistration {

  private static final Logger log = LoggerFactory.getLogger(SearchAttributeRegistration.class);

  private SearchAttributeRegistration() {}

  /**
   * Adds those that are missing.
   *
   * @throws TemporalUnusableException when some are missing and may not be added; the message holds
   *     the commands for somebody who may
   */
  static void ensure(WorkflowServiceStubs stubs, String namespace) {
    OperatorServiceStubs operator =
        OperatorServiceStubs.newServiceStubs(
            OperatorServiceStubsOptions.newBuilder()
                .setChannel(stubs.getRawChannel())
                .validateAndBuildWithDefaults());
    List<SearchAttributeKey<?>> missing;
    try {
      missing = missing(operator, namespace);
    } catch (StatusRuntimeException e) {
      // Temporal Cloud hides the list; whoever made the namespace may have made them.
      log.warn(
          "The search attributes of namespace {} cannot be listed ({}). If they are missing, run:\n{}",
          namespace,
          e.getStatus().getCode(),
          commands(SearchAttributes.ALL, namespace));
      return;
    }
    if (!missing.isEmpty()) {
      add(operator, namespace, missing);
    }
  }

  private static List<SearchAttributeKey<?>> missing(
      OperatorServiceStubs operator, String namespace) {
    Set<String> known =
        operator
            .blockingStub()
            .listSearchAttributes(
                ListSearchAttributesRequest.newBuilder().setNamespace(namespace).build())
            .getCustomAttributesMap()
            .keySet();
    return SearchAttributes.ALL.stream().filter(key -> !known.contains(key.getName())).toList();
  }

  private static void add(
      OperatorServiceStubs operator, String namespace, List<SearchAttributeKey<?>> missing) {
    AddSearchAttributesRequest.Builder request =
        AddSearchAttributesRequest.newBuilder().setNamespace(namespace);
    missing.forEach(key -> request.putSearchAttributes(key.getName(), key.getValueType()));
    try {
      var ignored = operator.blockingStub().addSearchAttributes(request.build());
      log.info("Registered {} search attributes in namespace {}", missing.size(), namespace);
    } catch (StatusRuntimeException e) {
      // Another worker that starts at the same time was quicker.
      if (e.getStatus().getCode() != Status.Code.ALREADY_EXISTS) {
        throw new TemporalUnusableException(
            "Search attributes are missing in namespace "
                + namespace
                + " and could not be added ("
                + e.getStatus().getCode()
                + "). Run:\n"
                + commands(missing, namespace),
            e);
      }
    }
  }

  private static String commands(List<SearchAttributeKey<?>> keys, String namespace) {
    return keys.stream()
        .map(
            key ->
                "  temporal operator search-attribute create --namespace "
                    + namespace
                    + " --name "
                    + key.getName()
                    + " --type "
                    + word(key.getValueType()))
        .collect(Collectors.joining("\n"));
  }

  private static String word(IndexedValueType type) {
    return type == IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST ? "KeywordList" : "Keyword";
  }
}
