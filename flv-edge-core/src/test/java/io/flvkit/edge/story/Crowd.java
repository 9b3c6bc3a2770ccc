package io.flvkit.edge.story;

import io.flvkit.codec.FlvHandler;
import io.flvkit.codec.FlvHeader;
import io.flvkit.codec.FlvParser;
import io.flvkit.codec.FlvTag;
import io.flvkit.edge.live.RenditionKind;
import io.flvkit.edge.simulation.TagJudge;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Many viewers of one stream in one thread; every tag that each of them gets is judged. They speak
 * HTTP/1.0, so that the body is nothing but FLV and an end by reset is told from a good one.
 */
final class Crowd implements AutoCloseable {
  private static final byte[] REQUEST =
      "GET /live/a.flv HTTP/1.0\r\nHost: edge\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};
  private static final int SELECT_MILLIS = 50;
  private static final int LOOKS = 20;
  private static final int FRAMES_A_LOOK = 7;

  private final Encoder encoder;
  private final Selector selector;
  private final ByteBuffer buffer = ByteBuffer.allocate(256 << 10);
  private final List<Seat> seats = new ArrayList<>();
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private final Thread thread = new Thread(this::watch, "test-crowd");
  private volatile boolean over;

  /** That many viewers, all of whom ask at once. */
  Crowd(int count, InetSocketAddress edge, Encoder encoder) throws IOException {
    this.encoder = encoder;
    this.selector = Selector.open();
    for (int i = 0; i < count; i++) {
      SocketChannel channel = SocketChannel.open();
      channel.configureBlocking(false);
      Seat seat = new Seat(channel);
      seats.add(seat);
      channel.register(selector, SelectionKey.OP_CONNECT, seat);
      channel.connect(edge);
    }
    thread.setDaemon(true);
    thread.start();
  }

  List<Seat> seats() {
    return seats;
  }

  /** What broke a rule, and who was disconnected. */
  List<String> faults() {
    return faults;
  }

  /** Waits until each of them has got that many frames more. */
  static void awaitMore(List<Seat> some, int frames) {
    List<Integer> wanted = some.stream().map(seat -> seat.frames + frames).toList();
    EdgeStage.until(
        "everybody has got " + frames + " frames more",
        () -> {
          for (int i = 0; i < some.size(); i++) {
            if (some.get(i).frames < wanted.get(i) && !some.get(i).gone) {
              return false;
            }
          }
          return true;
        });
  }

  /** The longest that one of them waited for a tag since the last time this was asked. */
  long longestSilenceMillis() {
    long longest = 0;
    for (Seat seat : seats) {
      longest = Math.max(longest, seat.silenceNanosMax);
      seat.silenceNanosMax = 0;
    }
    return longest / 1_000_000;
  }

  /** The most of a programme that one of them missed at once since the last time this was asked. */
  long mostMissedMillis() {
    long most = 0;
    for (Seat seat : seats) {
      most = Math.max(most, seat.missedMillisMax);
      seat.missedMillisMax = 0;
    }
    return most;
  }

  /** They keep their connections but read no more. */
  void stopReading(List<Seat> some) {
    some.forEach(seat -> seat.reads = false);
  }

  private void watch() {
    try {
      while (!over) {
        selector.select(this::act, SELECT_MILLIS);
      }
    } catch (IOException e) {
      faults.add(String.valueOf(e));
    }
  }

  private void act(SelectionKey key) {
    Seat seat = (Seat) key.attachment();
    try {
      if (key.isConnectable() && seat.channel.finishConnect()) {
        seat.channel.write(ByteBuffer.wrap(REQUEST));
        key.interestOps(SelectionKey.OP_READ);
      } else if (!seat.reads) {
        key.interestOps(0);
      } else {
        seat.read();
      }
    } catch (IOException | RuntimeException | AssertionError e) {
      faults.add(String.valueOf(e.getMessage()));
      seat.gone = true;
      key.cancel();
    }
  }

  /** One viewer. */
  final class Seat implements FlvHandler {
    private final SocketChannel channel;
    private final FlvParser parser = FlvParser.create(this);
    private final TagJudge judge = new TagJudge(RenditionKind.FULL);
    private int headMatched;
    private long lastTagNanos;
    private volatile boolean reads = true;
    private volatile boolean gone;
    private volatile int frames;
    private volatile long silenceNanosMax;
    private volatile long missedMillisMax;

    /** How old the newest frame was when it came. */
    private volatile long lagMillis;

    Seat(SocketChannel channel) {
      this.channel = channel;
      judge.knows(encoder::programme, () -> false);
    }

    private void read() throws IOException {
      buffer.clear();
      if (channel.read(buffer) < 0) {
        throw new IOException("a response ended after " + frames + " frames");
      }
      buffer.flip();
      while (headMatched < HEAD_END.length && buffer.hasRemaining()) {
        byte next = buffer.get();
        headMatched = next == HEAD_END[headMatched] ? headMatched + 1 : next == '\r' ? 1 : 0;
      }
      if (buffer.hasRemaining()) {
        parser.parse(buffer);
      }
    }

    @Override
    public void onHeader(FlvHeader header) {
      judge.onHeader(header);
    }

    @Override
    public void onTag(FlvTag tag) {
      int before = judge.lastOrder();
      int epochBefore = judge.lastEpoch();
      judge.onTag(tag);
      long now = System.nanoTime();
      if (lastTagNanos != 0) {
        silenceNanosMax = Math.max(silenceNanosMax, now - lastTagNanos);
      }
      lastTagNanos = now;
      Encoder.@Nullable Run run = encoder.run(judge.lastEpoch());
      if (run == null || judge.frames() == frames) {
        return;
      }
      frames = judge.frames();
      lagMillis = run.ageMillis(judge.lastOrder());
      if (before >= 0 && epochBefore == judge.lastEpoch()) {
        long step =
            run.programme().frame(judge.lastOrder()).millis()
                - run.programme().frame(before).millis();
        missedMillisMax = Math.max(missedMillisMax, step);
      }
    }
  }

  /**
   * The lag that only one in a hundred of these viewers exceeds; of many looks in two seconds the
   * one in the middle.
   */
  static long lagMillisP99(List<Seat> some) {
    long[] looks = new long[LOOKS];
    for (int i = 0; i < LOOKS; i++) {
      awaitMore(some, FRAMES_A_LOOK);
      long[] lags = some.stream().mapToLong(seat -> seat.lagMillis).sorted().toArray();
      looks[i] = lags[lags.length * 99 / 100];
    }
    Arrays.sort(looks);
    return looks[LOOKS / 2];
  }

  @Override
  public void close() throws IOException {
    over = true;
    selector.wakeup();
    for (Seat seat : seats) {
      seat.channel.close();
    }
    selector.close();
  }
}
