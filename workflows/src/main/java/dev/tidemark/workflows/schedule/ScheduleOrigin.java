package dev.tidemark.workflows.schedule;

/** Who made a schedule, and so who may change and delete it. */
public enum ScheduleOrigin {
  /** The configuration; what leaves the file is deleted. */
  FILE,
  /** Somebody, through the API. */
  API
}
