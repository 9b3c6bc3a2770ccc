package io.flvkit.edge.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.flvkit.edge.story.LoopbackOrigin.Script;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What the event loops allocate, measured by the virtual machine, while tags go to viewers. */
class GarbageStoryTest {
  private static final int FLUSHES = 200;
  private static final int BODY_BYTES = 100;

  private final BlockingQueue<byte[]> published = new LinkedBlockingQueue<>();
  private final ByteBuffer sink = ByteBuffer.allocateDirect(64 * 1024);
  private int timestampMillis = 1_000;

  private final Script clipThenTags =
      answer -> {
        answer.flvHead();
        answer.chunk(wholeTags(30_000));
        while (true) {
          answer.chunk(published.take());
        }
      };

  /** The beginning of the clip, up to the end of a tag. */
  private static byte[] wholeTags(int atMost) {
    ByteBuffer clip = ByteBuffer.wrap(Clip.bytes());
    int end = 13;
    while (true) {
      int next = end + 11 + (clip.getInt(end) & 0xFFFFFF) + 4;
      if (next > atMost) {
        return Arrays.copyOf(clip.array(), end);
      }
      end = next;
    }
  }

  @Test
  void a_flush_leaves_no_garbage_however_many_viewers_it_reaches() throws IOException {
    try (LoopbackOrigin origin = LoopbackOrigin.playing(clipThenTags);
        EdgeStage stage = EdgeStage.pulling(origin.url())) {
      List<SocketChannel> viewers = new ArrayList<>();
      join(viewers, 20, stage.http());
      long ofFew = leastAllocatedBytesOf(viewers);
      join(viewers, 120, stage.http());

      long ofMany = leastAllocatedBytesOf(viewers);

      double bytesPerViewerAndFlush = (double) (ofMany - ofFew) / (100 * FLUSHES);
      assertThat(bytesPerViewerAndFlush).isLessThan(8); // the smallest object has 16
      for (SocketChannel viewer : viewers) {
        viewer.close();
      }
    }
  }

  private void join(List<SocketChannel> viewers, int count, InetSocketAddress edge)
      throws IOException {
    byte[] request = RawClient.request("GET", "/live/a.flv").getBytes(StandardCharsets.US_ASCII);
    while (viewers.size() < count) {
      SocketChannel viewer = SocketChannel.open(edge);
      viewer.write(ByteBuffer.wrap(request));
      viewer.configureBlocking(false);
      EdgeStage.until("the viewer has begun", () -> drain(viewer) > 1_000);
      viewers.add(viewer);
    }
    for (int i = 0; i < 5; i++) {
      publishTo(viewers); // so that nobody is still busy with joining
    }
  }

  /** Of a few rounds: once a second the loops also look after their viewers and count. */
  private long leastAllocatedBytesOf(List<SocketChannel> viewers) {
    return LongStream.range(0, 4).map(round -> allocatedBytesOf(viewers)).min().orElseThrow();
  }

  private long allocatedBytesOf(List<SocketChannel> viewers) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] loops =
        Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
            .filter(thread -> thread != null && thread.getThreadName().startsWith("flvkit-loop"))
            .mapToLong(thread -> thread.getThreadId())
            .toArray();
    assertThat(loops).isNotEmpty();
    long before = Arrays.stream(threads.getThreadAllocatedBytes(loops)).sum();
    for (int i = 0; i < FLUSHES; i++) {
      publishTo(viewers);
    }
    return Arrays.stream(threads.getThreadAllocatedBytes(loops)).sum() - before;
  }

  /** One tag to everybody, and on only when everybody has it: a flush for each viewer. */
  private void publishTo(List<SocketChannel> viewers) {
    published.add(audioTag());
    for (SocketChannel viewer : viewers) {
      int[] arrived = {0};
      EdgeStage.until("the tag has arrived", () -> (arrived[0] += drain(viewer)) >= BODY_BYTES);
    }
  }

  private byte[] audioTag() {
    timestampMillis++;
    ByteBuffer tag = ByteBuffer.allocate(11 + BODY_BYTES + 4);
    tag.put((byte) 8).put((byte) 0).putShort((short) BODY_BYTES);
    tag.put((byte) (timestampMillis >> 16)).putShort((short) timestampMillis).putInt(0);
    tag.put((byte) 0xAF).put((byte) 1);
    return tag.position(11 + BODY_BYTES).putInt(11 + BODY_BYTES).array();
  }

  private int drain(SocketChannel viewer) {
    try {
      return Math.max(0, viewer.read(sink.clear()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
