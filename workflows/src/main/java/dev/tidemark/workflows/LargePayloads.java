package dev.tidemark.workflows;

import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.ZlibPayloadCodec;
import java.util.List;

/**
 * Compresses what is large, as the progress of a batch with thousands of tables: Temporal refuses a
 * payload of more than 2 MiB, and ends a history of more than 50. What is small stays as it is, so
 * that people can read it in the Web UI.
 */
final class LargePayloads implements PayloadCodec {

  /** Half of what Temporal's servers warn of. */
  static final int LARGE = 128 << 10;

  private final PayloadCodec zlib = new ZlibPayloadCodec();

  @Override
  public List<Payload> encode(List<Payload> payloads) {
    return payloads.stream()
        .map(
            payload ->
                payload.getData().size() < LARGE
                    ? payload
                    : zlib.encode(List.of(payload)).getFirst())
        .toList();
  }

  /** Tells by a payload's own encoding whether it was compressed. */
  @Override
  public List<Payload> decode(List<Payload> payloads) {
    return zlib.decode(payloads);
  }
}
