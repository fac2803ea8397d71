package dev.tidemark.workflows;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.EncodingKeys;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import java.util.List;

/**
 * Records of this module as JSON outside of Temporal, as the archive keeps them: the same that is
 * in a history, so that both can be read by the same code.
 */
public final class PayloadJson {

  /** Passes over what a newer version wrote. */
  private static final JacksonJsonPayloadConverter CONVERTER =
      new JacksonJsonPayloadConverter(
          JacksonJsonPayloadConverter.newDefaultObjectMapper()
              .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false));

  private static final ByteString ENCODING = ByteString.copyFromUtf8("json/plain");

  /**
   * What every client and worker reads and writes payloads with. Versions meet while a deployment
   * rolls, so that each must pass over fields that only the other knows.
   */
  public static final DataConverter DATA_CONVERTER =
      new CodecDataConverter(
          DefaultDataConverter.newDefaultInstance().withPayloadConverterOverrides(CONVERTER),
          List.of(new LargePayloads()));

  private PayloadJson() {}

  /** A record as JSON. */
  public static String write(Object value) {
    return CONVERTER.toData(value).orElseThrow().getData().toStringUtf8();
  }

  /** A record that {@link #write} wrote. */
  public static <T> T read(String json, Class<T> type) {
    Payload payload =
        Payload.newBuilder()
            .putMetadata(EncodingKeys.METADATA_ENCODING_KEY, ENCODING)
            .setData(ByteString.copyFromUtf8(json))
            .build();
    return CONVERTER.fromData(payload, type, type);
  }
}
