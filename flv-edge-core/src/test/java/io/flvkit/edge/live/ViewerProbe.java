package io.flvkit.edge.live;

import io.flvkit.buffer.Segment;
import io.flvkit.codec.FlvHandler;
import io.flvkit.codec.FlvHeader;
import io.flvkit.codec.FlvParser;
import io.flvkit.codec.FlvTag;
import io.flvkit.edge.http.EndReason;
import io.flvkit.edge.http.LiveBody;
import io.flvkit.edge.http.LiveFeed;
import io.flvkit.edge.http.LiveOutlet;
import io.flvkit.edge.loop.Loop;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A viewer's end: parses what it gets, and takes nothing while it is told to be stuck. */
final class ViewerProbe implements LiveOutlet, FlvHandler {
  private final Loop loop;
  private final FlvParser parser = FlvParser.create(this);
  private final List<String> tags = new ArrayList<>();
  private final LiveFeed feed;
  private FlvHeader header = new FlvHeader(false, false);
  private String end = "";
  private boolean stuck;
  private @Nullable Throwable fault;
  private long pending;

  private ViewerProbe(LiveBody body, Loop loop, boolean stuck) {
    this.loop = loop;
    this.stuck = stuck;
    this.feed = body.attach(this);
  }

  static ViewerProbe of(LiveAnswer answer, Loop loop) {
    return new ViewerProbe(((LiveAnswer.Watching) answer).body(), loop, false);
  }

  /** What came, in order: kind, text or name, and timestamp of each tag. */
  List<String> tags() {
    return List.copyOf(tags);
  }

  FlvHeader header() {
    return header;
  }

  /** Empty, {@code end:reason} or {@code reset:reason}. */
  String end() {
    return end;
  }

  void forgetTags() {
    tags.clear();
  }

  /** The next unit goes into the socket and stays there. */
  void getsStuck() {
    stuck = true;
  }

  /** The next write meets a fault of the edge: an unchecked exception or an error. */
  void meets(Throwable scripted) {
    fault = scripted;
  }

  private void failIfScripted() {
    if (fault instanceof Error error) {
      throw error;
    }
    if (fault instanceof RuntimeException exception) {
      throw exception;
    }
  }

  void recovers() {
    stuck = false;
    pending = 0;
    feed.onWritable();
  }

  void leaves() {
    end = "left";
    feed.onClosed();
  }

  @Override
  public Loop loop() {
    return loop;
  }

  @Override
  public boolean isWritable() {
    return pending == 0 && end.isEmpty();
  }

  @Override
  public void write(ByteBuffer shared) {
    pending = stuck ? shared.remaining() : 0;
    parser.parse(shared.duplicate());
  }

  @Override
  public void write(Segment segment, int offset, int lengthBytes) {
    if (fault != null) {
      segment.release();
      failIfScripted();
    }
    pending = stuck ? lengthBytes : 0;
    parser.parse(segment.view(offset, lengthBytes));
    segment.release();
  }

  @Override
  public void flush() {}

  @Override
  public void settle() {}

  @Override
  public long pendingBytes() {
    return pending;
  }

  @Override
  public void end(EndReason reason) {
    end = "end:" + reason.label();
  }

  @Override
  public void reset(EndReason reason) {
    end = "reset:" + reason.label();
    failIfScripted();
  }

  @Override
  public void onHeader(FlvHeader found) {
    header = found;
  }

  @Override
  public void onTag(FlvTag tag) {
    tags.add(describe(tag));
  }

  private static String describe(FlvTag tag) {
    String at = "@" + tag.timestampMillis();
    if (tag.isScript()) {
      return "script" + at;
    }
    ByteBuffer payload = tag.payload();
    byte[] text = new byte[payload.remaining()];
    payload.get(text);
    return new String(text, StandardCharsets.UTF_8) + at;
  }
}
