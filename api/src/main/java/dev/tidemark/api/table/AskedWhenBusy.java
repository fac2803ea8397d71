package dev.tidemark.api.table;

import dev.tidemark.api.problem.Problem.Mistake;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request's {@code whenBusy}. */
public final class AskedWhenBusy {

  private AskedWhenBusy() {}

  /** Adds a mistake when it is none. */
  public static void check(@Nullable String asked, List<Mistake> mistakes) {
    if (asked != null && !asked.equals("wait") && !asked.equals("refuse")) {
      mistakes.add(new Mistake("whenBusy", "must be wait or refuse"));
    }
  }
}
