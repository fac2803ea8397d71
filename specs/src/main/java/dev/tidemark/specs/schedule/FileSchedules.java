package dev.tidemark.specs.schedule;

import dev.tidemark.connect.configuration.ScheduleConfiguration;
import dev.tidemark.workflows.schedule.ScheduleOrigin;
import io.temporal.client.schedules.ScheduleException;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the schedules of the configuration to Temporal. Several processes may do so at once: each
 * step leaves what the configuration says, however often it is done.
 */
public final class FileSchedules {

  private static final Logger log = LoggerFactory.getLogger(FileSchedules.class);

  private final Schedules schedules;

  public FileSchedules(Schedules schedules) {
    this.schedules = schedules;
  }

  /**
   * Makes what is new, changes what is edited, and deletes what has left the file. A schedule that
   * was made through the API stays, unless the file has one of its name: then it is the file's. One
   * of workers on another queue stays in any case.
   */
  public void bring(Collection<ScheduleConfiguration> configured) {
    configured.forEach(this::bring);
    Set<String> names =
        configured.stream().map(ScheduleConfiguration::name).collect(Collectors.toSet());
    for (String name : schedules.names()) {
      if (!names.contains(name)) {
        deleteWhenOfFile(name);
      }
    }
  }

  private void deleteWhenOfFile(String name) {
    try {
      if (isOfFile(name)) {
        schedules.delete(name);
        log.info("Schedule {} has left the configuration and is deleted", name);
      }
    } catch (ScheduleException e) {
      // It may be on its way out already: another worker that starts now does the same.
      log.warn(
          "Schedule {} is not in the configuration and cannot be looked at now; the next start of a"
              + " worker tries again: {}",
          name,
          cause(e));
    }
  }

  private void bring(ScheduleConfiguration schedule) {
    try {
      createOrUpdate(schedule);
    } catch (ForeignScheduleException e) {
      log.error(e.getMessage());
    } catch (ScheduleException e) {
      // One schedule that Temporal does not take must not keep a worker from copying.
      if (!Schedules.isRefused(e)) {
        throw e;
      }
      log.error("Temporal refuses schedule {}: {}", schedule.name(), cause(e));
    }
  }

  private void createOrUpdate(ScheduleConfiguration schedule) {
    if (schedules.create(schedule, ScheduleOrigin.FILE)) {
      log.info("Schedule {} is made", schedule.name());
    } else if (schedules.update(schedule, ScheduleOrigin.FILE)) {
      log.info("Schedule {} is changed to what the configuration says", schedule.name());
    }
  }

  /** Of a file of workers on the same queue: two Tidemarks may share a namespace. */
  private boolean isOfFile(String name) {
    return schedules
        .find(name)
        .flatMap(schedules::input)
        .filter(input -> input.origin() == ScheduleOrigin.FILE)
        .isPresent();
  }

  private static String cause(ScheduleException e) {
    return String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
  }
}
