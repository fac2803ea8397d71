package dev.tidemark.activities.batch;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.tidemark.connect.configuration.NotificationConfiguration;
import dev.tidemark.connect.configuration.NotificationConfiguration.Email;
import dev.tidemark.connect.configuration.NotificationConfiguration.Slack;
import dev.tidemark.connect.configuration.NotificationConfiguration.Webhook;
import dev.tidemark.connect.control.NotificationLog;
import dev.tidemark.connect.control.SentNotification;
import dev.tidemark.workflows.batch.BatchProgress;
import dev.tidemark.workflows.batch.NotificationActivities;
import dev.tidemark.workflows.notification.EndedRun;
import dev.tidemark.workflows.notification.NotificationTestActivities;
import dev.tidemark.workflows.notification.NotificationTestInput;
import dev.tidemark.workflows.notification.NotificationTestResult;
import dev.tidemark.workflows.notification.ReceiverActivities;
import dev.tidemark.workflows.notification.Telling;
import dev.tidemark.workflows.table.ErrorDetail;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Tells the configured receivers. Every message that was taken is noted in the control database at
 * once, so that no attempt sends it again. A worker that dies between a delivery and its note tells
 * again, which is why each notification bears an id that is the same in every attempt: {@code
 * batchId/runId/receiver}.
 *
 * <p>Runs that began to tell by {@link NotificationActivities} tell all receivers in one activity,
 * whatever becomes of the others. When one could not be told that activity fails, and its retry
 * tells only those that are left: an attempt that fails leaves the receivers that it reached in its
 * heartbeat, in case the control database is away. That heartbeat is one call after the last
 * delivery. It is the first of its attempt, so it is sent at once; one after each delivery would be
 * throttled and could get lost.
 */
public final class NotificationActivitiesImpl
    implements NotificationActivities,
        ReceiverActivities,
        NotificationTestActivities,
        AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** A note takes no longer, also when the control database is away. */
  private static final Duration NOTE = Duration.ofSeconds(4);

  private static final String FAILED = "NOTIFICATION_FAILED";

  /** In several minutes so many attempts met workers whose configuration is not the newest. */
  private static final int ATTEMPTS_WHILE_DEPLOYED = 10;

  private final Map<String, NotificationConfiguration> configurations = new LinkedHashMap<>();
  private final Map<String, Receiver> receivers = new LinkedHashMap<>();
  private final PastNotifications past;
  private final HttpPost http;
  private final Clock clock;
  private final Duration patience;

  /**
   * @param log what was sent before
   */
  public NotificationActivitiesImpl(
      List<NotificationConfiguration> receivers, NotificationLog log) {
    this(receivers, log, Clock.systemUTC(), TIMEOUT);
  }

  NotificationActivitiesImpl(
      List<NotificationConfiguration> configurations,
      NotificationLog log,
      Clock clock,
      Duration timeout) {
    this.past = new PastNotifications(log);
    this.clock = clock;
    // A mail takes several answers, each of which may take the time of one.
    this.patience = timeout.multipliedBy(2).plus(NOTE);
    this.http = new HttpPost(timeout);
    for (NotificationConfiguration configuration : configurations) {
      Receiver receiver =
          switch (configuration) {
            case Webhook webhook -> new WebhookReceiver(webhook, http, clock);
            case Slack slack -> new SlackReceiver(slack, http);
            case Email email -> new EmailReceiver(email, timeout, clock);
          };
      String id = receiver.id();
      for (int same = 2; this.receivers.containsKey(id); same++) {
        id = receiver.id() + "-" + same;
      }
      this.receivers.put(id, receiver);
      this.configurations.put(id, configuration);
    }
  }

  @Override
  public void batchEnded(BatchProgress progress) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    BatchReport report = BatchReport.of(progress, clock.instant());
    Set<String> told =
        new TreeSet<>(
            context.getHeartbeatDetails(Delivered.class).orElse(Delivered.NONE).receivers());
    String run = progress.batchId() + "/" + context.getInfo().getWorkflowRunId() + "/";
    Map<String, Callable<Void>> deliveries = new LinkedHashMap<>();
    receivers.forEach(
        (id, receiver) -> {
          if (!told.contains(id) && due(id, run, report)) {
            deliveries.put(id, delivery(receiver, id, run, report));
          }
        });
    Map<String, DeliveryException> failures = deliver(deliveries);
    deliveries.keySet().stream().filter(id -> !failures.containsKey(id)).forEach(told::add);
    if (!failures.isEmpty()) {
      context.heartbeat(new Delivered(told));
      throw failure(failures);
    }
  }

  @Override
  public List<String> receivers(EndedRun ended) {
    BatchReport report = BatchReport.of(ended, clock.instant());
    return receivers.keySet().stream().filter(id -> due(id, ended.id() + "/", report)).toList();
  }

  @Override
  public void tell(Telling telling) {
    String id = telling.receiver();
    String run = telling.ended().id() + "/";
    Receiver receiver = receivers.get(id);
    if (receiver == null) {
      throw notConfigured(id);
    }
    BatchReport report = BatchReport.of(telling.ended(), clock.instant());
    if (!due(id, run, report)) {
      return;
    }
    Map<String, DeliveryException> failures =
        deliver(Map.of(id, delivery(receiver, id, run, report)));
    DeliveryException failure = failures.get(id);
    if (failure != null) {
      throw failure(String.valueOf(failure.getMessage()), failure.retryable());
    }
  }

  /** Whether this receiver wants to know, and was not told. */
  private boolean due(String id, String run, BatchReport report) {
    return wants(id, report) && !past.sent(run + id);
  }

  private Callable<Void> delivery(Receiver receiver, String id, String run, BatchReport report) {
    return () -> {
      receiver.deliver(report, run + id);
      past.note(sent(run, id, report));
      return null;
    };
  }

  /** Retryable for a while: while a deployment rolls, another worker may have the new file. */
  private static ApplicationFailure notConfigured(String id) {
    int attempt = Activity.getExecutionContext().getInfo().getAttempt();
    String message = "The configuration of this worker has no such receiver";
    ErrorDetail detail =
        new ErrorDetail(FAILED, message + ": " + id, "Nothing, when it was taken out on purpose.");
    return attempt < ATTEMPTS_WHILE_DEPLOYED
        ? ApplicationFailure.newFailure(message, FAILED, detail)
        : ApplicationFailure.newNonRetryableFailure(message, FAILED, detail);
  }

  /** Makes all deliveries at once, so that a slow receiver holds up nobody. */
  private Map<String, DeliveryException> deliver(Map<String, Callable<Void>> deliveries) {
    Map<String, DeliveryException> failures = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Iterator<Future<Void>> ends =
          threads.invokeAll(deliveries.values(), patience.toMillis(), MILLISECONDS).iterator();
      for (String id : deliveries.keySet()) {
        try {
          ends.next().get();
        } catch (ExecutionException e) {
          failures.put(id, reason(e.getCause()));
        } catch (CancellationException e) {
          failures.put(id, new DeliveryException("no answer in time", true));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      DeliveryException stopped = new DeliveryException("the worker stops", true);
      deliveries.keySet().forEach(id -> failures.putIfAbsent(id, stopped));
    }
    return failures;
  }

  private static DeliveryException reason(@Nullable Throwable cause) {
    return cause instanceof DeliveryException known
        ? known
        : new DeliveryException(String.valueOf(cause == null ? null : cause.getClass()), true);
  }

  private boolean wants(String id, BatchReport report) {
    NotificationConfiguration configuration = configurations.get(id);
    return configuration != null
        && new RuleMatch(configuration.rule()).means(report)
        && past.due(configuration.rule(), id, report, clock.instant());
  }

  private SentNotification sent(String run, String id, BatchReport report) {
    return new SentNotification(
        run + id,
        id,
        report.progress().batchId(),
        report.progress().name(),
        report.outcome(),
        clock.instant());
  }

  @Override
  public NotificationTestResult sendTest(NotificationTestInput input) {
    BatchReport report = BatchReport.test(clock.instant(), input.requestedBy());
    String run = "test/" + Activity.getExecutionContext().getInfo().getWorkflowRunId() + "/";
    List<String> ids = List.copyOf(receivers.keySet());
    Map<String, Callable<Void>> deliveries = new LinkedHashMap<>();
    receivers.forEach(
        (id, receiver) -> {
          if (input.rule() == null || input.rule() == ids.indexOf(id)) {
            deliveries.put(
                id,
                () -> {
                  receiver.deliver(report, run + id);
                  return null;
                });
          }
        });
    Map<String, DeliveryException> failures = deliver(deliveries);
    return new NotificationTestResult(
        deliveries.keySet().stream()
            .map(
                id -> {
                  DeliveryException failure = failures.get(id);
                  return new NotificationTestResult.Rule(
                      ids.indexOf(id),
                      String.valueOf(configurations.get(id)),
                      failure == null ? null : failure.getMessage());
                })
            .toList());
  }

  private static ApplicationFailure failure(Map<String, DeliveryException> failures) {
    StringJoiner message = new StringJoiner("; ", "Not everybody was told: ", "");
    failures.forEach((id, e) -> message.add(e.getMessage() + " [" + id + "]"));
    return failure(
        message.toString(), failures.values().stream().anyMatch(DeliveryException::retryable));
  }

  private static ApplicationFailure failure(String message, boolean retryable) {
    ErrorDetail detail =
        new ErrorDetail(
            FAILED,
            message,
            "Check the receiver that the message names, and its address and secret under"
                + " notifications: in the configuration.");
    // Without a cause: its stack and message would lie in the history for good.
    return retryable
        ? ApplicationFailure.newFailure(message, FAILED, detail)
        : ApplicationFailure.newNonRetryableFailure(message, FAILED, detail);
  }

  @Override
  public void close() {
    http.close();
  }
}
