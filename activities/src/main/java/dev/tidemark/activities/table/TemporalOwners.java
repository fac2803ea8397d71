package dev.tidemark.activities.table;

import dev.tidemark.connect.checkpoint.Owner;
import dev.tidemark.connect.checkpoint.OwnerLookup;
import dev.tidemark.connect.checkpoint.OwnerState;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.SyncException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.activity.ActivityInfo;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks Temporal about the runs that hold slices.
 *
 * <p>Namespaces go by their ids, which no two clusters share, so that a run of another cluster is
 * not taken for one that this cluster has forgotten.
 */
public final class TemporalOwners implements OwnerLookup {

  private final WorkflowServiceStubs service;
  private final String namespace;
  private final Map<String, String> namesById = new ConcurrentHashMap<>();

  public TemporalOwners(WorkflowServiceStubs service, String namespace) {
    this.service = service;
    this.namespace = namespace;
  }

  /** Id of the worker's own namespace. */
  public String namespaceId() {
    return namesById.entrySet().stream()
        .filter(entry -> entry.getValue().equals(namespace))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(this::askNamespaceId);
  }

  private String askNamespaceId() {
    String id =
        service
            .blockingStub()
            .describeNamespace(
                DescribeNamespaceRequest.newBuilder().setNamespace(namespace).build())
            .getNamespaceInfo()
            .getId();
    namesById.put(id, namespace);
    return id;
  }

  /** The run to which an activity belongs. */
  public Owner ownerOf(ActivityInfo activity) {
    return new Owner(
        namespaceId(),
        Objects.requireNonNull(activity.getWorkflowId(), "workflow id"),
        Objects.requireNonNull(activity.getWorkflowRunId(), "run id"));
  }

  @Override
  public OwnerState stateOf(Owner owner) {
    try {
      Optional<String> name = nameOf(owner.namespace());
      return name.isEmpty() ? OwnerState.UNKNOWN : describe(name.get(), owner);
    } catch (StatusRuntimeException e) {
      throw new SyncException(
          ErrorCode.CONNECTION_FAILED,
          "Temporal did not say whether " + owner.workflowId() + " still runs: " + e.getStatus(),
          "Check that Temporal can be reached from the worker.",
          e);
    }
  }

  private Optional<String> nameOf(String id) {
    String known = namesById.get(id);
    if (known != null) {
      return Optional.of(known);
    }
    try {
      String name =
          service
              .blockingStub()
              .describeNamespace(DescribeNamespaceRequest.newBuilder().setId(id).build())
              .getNamespaceInfo()
              .getName();
      namesById.put(id, name);
      return Optional.of(name);
    } catch (StatusRuntimeException e) {
      return switch (e.getStatus().getCode()) {
        case NOT_FOUND, PERMISSION_DENIED, UNAUTHENTICATED, INVALID_ARGUMENT -> Optional.empty();
        default -> throw e;
      };
    }
  }

  private OwnerState describe(String name, Owner owner) {
    try {
      WorkflowExecutionStatus status =
          service
              .blockingStub()
              .describeWorkflowExecution(
                  DescribeWorkflowExecutionRequest.newBuilder()
                      .setNamespace(name)
                      .setExecution(
                          WorkflowExecution.newBuilder()
                              .setWorkflowId(owner.workflowId())
                              .setRunId(owner.runId()))
                      .build())
              .getWorkflowExecutionInfo()
              .getStatus();
      return switch (status) {
        case WORKFLOW_EXECUTION_STATUS_COMPLETED,
            WORKFLOW_EXECUTION_STATUS_FAILED,
            WORKFLOW_EXECUTION_STATUS_CANCELED,
            WORKFLOW_EXECUTION_STATUS_TERMINATED,
            WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW,
            WORKFLOW_EXECUTION_STATUS_TIMED_OUT ->
            OwnerState.CLOSED;
        default -> OwnerState.RUNNING;
      };
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return OwnerState.CLOSED;
      }
      throw e;
    }
  }
}
