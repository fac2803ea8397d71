package dev.tidemark.worker;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Grpc;
import io.grpc.HandlerRegistry;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Stands before a Temporal, passes calls on as they are, and refuses those it is told to. */
final class TemporalGate implements AutoCloseable {

  /** Messages as bytes. */
  private static final MethodDescriptor.Marshaller<byte[]> BYTES =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
          return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
          try {
            return stream.readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };

  private final ManagedChannel channel;
  private final Server server;
  private final Predicate<String> refused;
  private final Status status;

  /** Names of the methods that were called. */
  final Set<String> called = ConcurrentHashMap.newKeySet();

  /**
   * @param refused whether calls of the method of this name are answered with the status
   */
  TemporalGate(String target, Predicate<String> refused, Status status) throws IOException {
    this.refused = refused;
    this.status = status;
    channel = Grpc.newChannelBuilder(target, InsecureChannelCredentials.create()).build();
    server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .fallbackHandlerRegistry(new Everything())
            .build()
            .start();
  }

  String target() {
    return "127.0.0.1:" + server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
    channel.shutdownNow();
  }

  private final class Everything extends HandlerRegistry {

    @Override
    public ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
      MethodDescriptor<byte[], byte[]> method =
          MethodDescriptor.newBuilder(BYTES, BYTES)
              .setFullMethodName(name)
              .setType(MethodDescriptor.MethodType.UNKNOWN)
              .build();
      return ServerMethodDefinition.create(method, new Passing(method));
    }
  }

  private final class Passing implements ServerCallHandler<byte[], byte[]> {

    private final MethodDescriptor<byte[], byte[]> method;

    Passing(MethodDescriptor<byte[], byte[]> method) {
      this.method = method;
    }

    @Override
    public ServerCall.Listener<byte[]> startCall(
        ServerCall<byte[], byte[]> caller, Metadata headers) {
      String name = String.valueOf(method.getBareMethodName());
      called.add(name);
      if (refused.test(name)) {
        caller.close(status, new Metadata());
        return new ServerCall.Listener<>() {};
      }
      ClientCall<byte[], byte[]> onward = channel.newCall(method, CallOptions.DEFAULT);
      onward.start(new Answers(caller), headers);
      onward.request(2);
      caller.request(2);
      return new ServerCall.Listener<>() {
        @Override
        public void onMessage(byte[] message) {
          onward.sendMessage(message);
        }

        @Override
        public void onHalfClose() {
          onward.halfClose();
        }

        @Override
        public void onCancel() {
          onward.cancel("the caller is gone", null);
        }
      };
    }
  }

  private static final class Answers extends ClientCall.Listener<byte[]> {

    private final ServerCall<byte[], byte[]> caller;

    Answers(ServerCall<byte[], byte[]> caller) {
      this.caller = caller;
    }

    @Override
    public void onHeaders(Metadata headers) {
      caller.sendHeaders(headers);
    }

    @Override
    public void onMessage(byte[] message) {
      caller.sendMessage(message);
    }

    @Override
    public void onClose(Status end, Metadata trailers) {
      caller.close(end, trailers);
    }
  }
}
