package io.flvkit.bench.buffer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.broadcast.BroadcastBufferDescriptor;
import org.agrona.concurrent.broadcast.BroadcastReceiver;
import org.agrona.concurrent.broadcast.BroadcastTransmitter;

/** Baseline: Agrona's broadcast ring, which overwrites what slow receivers have not read. */
final class Ring {
  /** What Agrona needs of a JVM. */
  static final String JVM_ARGS = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED";

  private static final int RING_BYTES = 1 << 20;

  private final UnsafeBuffer ring =
      new UnsafeBuffer(
          ByteBuffer.allocateDirect(RING_BYTES + BroadcastBufferDescriptor.TRAILER_LENGTH));
  private final BroadcastTransmitter transmitter = new BroadcastTransmitter(ring);
  private final UnsafeBuffer source = new UnsafeBuffer(ByteBuffer.allocateDirect(Tags.VIDEO_BYTES));

  List<BroadcastReceiver> receivers(int viewers) {
    List<BroadcastReceiver> receivers = new ArrayList<>();
    for (int i = 0; i < viewers; i++) {
      receivers.add(new BroadcastReceiver(ring));
    }
    return receivers;
  }

  void publish(ByteBuffer tag) {
    transmitter.transmit(1, source, 0, tag.remaining());
  }
}
