package dev.tidemark.api.run;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of Temporal's lists ended, as callers get it and send it back. It carries a
 * checksum, since Temporal fails at what is none of its tokens.
 */
final class RunCursor {

  private RunCursor() {}

  /** Null where nothing follows. */
  static @Nullable String of(ByteString token) {
    if (token.isEmpty()) {
      return null;
    }
    byte[] bytes =
        ByteBuffer.allocate(Integer.BYTES + token.size())
            .putInt(checksum(token))
            .put(token.asReadOnlyByteBuffer())
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * What Temporal gave.
   *
   * @throws IllegalArgumentException when it gave no such thing
   */
  static ByteString token(@Nullable String cursor) {
    if (cursor == null) {
      return ByteString.EMPTY;
    }
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
    if (bytes.remaining() <= Integer.BYTES) {
      throw new IllegalArgumentException("too short");
    }
    int checksum = bytes.getInt();
    ByteString token = ByteString.copyFrom(bytes);
    if (checksum(token) != checksum) {
      throw new IllegalArgumentException("not of this API");
    }
    return token;
  }

  private static int checksum(ByteString token) {
    CRC32 checksum = new CRC32();
    checksum.update(token.asReadOnlyByteBuffer());
    return (int) checksum.getValue();
  }
}
