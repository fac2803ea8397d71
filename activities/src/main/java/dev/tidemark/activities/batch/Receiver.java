package dev.tidemark.activities.batch;

/** Somebody who is told when a batch ends. */
interface Receiver {

  /** The same for the same configuration in every process; bears no secret. */
  String id();

  /**
   * Tells it.
   *
   * @param report how the batch ended
   * @param notificationId the same for every attempt to tell this receiver of this end, so that it
   *     can drop a duplicate
   * @throws DeliveryException when it could not be told, or may not have been
   */
  void deliver(BatchReport report, String notificationId) throws DeliveryException;
}
