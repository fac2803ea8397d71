package dev.tidemark.bench;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * Processor time of this process and of the servers that it started. Unlike the time on the wall,
 * it says the same on a busy machine.
 */
public final class CpuClock {

  private CpuClock() {}

  /** Time used so far. */
  public static Duration used() {
    ProcessHandle self = ProcessHandle.current();
    return Stream.concat(Stream.of(self), self.descendants())
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }
}
