package dev.tidemark.workflows.batch;

import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptorBase;
import java.util.concurrent.atomic.AtomicInteger;

/** A worker that fails, once, in the very task in which a workflow starts a child. */
final class LostTask extends WorkerInterceptorBase {

  final AtomicInteger starts = new AtomicInteger();

  @Override
  public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
    return new WorkflowInboundCallsInterceptorBase(next) {
      @Override
      public void init(WorkflowOutboundCallsInterceptor outbound) {
        super.init(new Losing(outbound));
      }
    };
  }

  private final class Losing extends WorkflowOutboundCallsInterceptorBase {

    Losing(WorkflowOutboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public <R> ChildWorkflowOutput<R> executeChildWorkflow(ChildWorkflowInput<R> input) {
      ChildWorkflowOutput<R> child = super.executeChildWorkflow(input);
      if (starts.incrementAndGet() == 1) {
        // An exception would become the failure of the child.
        throw new AssertionError("the worker is gone before the task is answered");
      }
      return child;
    }
  }
}
