package dev.tidemark.workflows.notification;

import io.temporal.activity.ActivityInterface;
import java.util.List;

/** Control work: telling receivers, each for itself. */
@ActivityInterface
public interface ReceiverActivities {

  /** Ids of the receivers that want to know of this end and have not been told; no secrets. */
  List<String> receivers(EndedRun ended);

  /**
   * Tells one of them, unless it has been told, or wants to know no more: its rule may look at what
   * it was told meanwhile. A receiver that has left the configuration is not told.
   */
  void tell(Telling telling);
}
