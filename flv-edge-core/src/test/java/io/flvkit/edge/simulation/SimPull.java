package io.flvkit.edge.simulation;

import io.flvkit.edge.http.Headers;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.origin.OriginPull;
import io.flvkit.edge.origin.PullFailure;
import io.flvkit.edge.origin.PullListener;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** One connection to an origin: bytes come in pieces of any size, a few times a second. */
final class SimPull implements OriginPull {
  private final SimOrigin origin;
  private final Loop loop;
  private final String stream;
  private final PullListener listener;
  private final Random random;
  private byte[] backlog = {};
  private int next = -1;
  private int repeated = -1;
  private boolean answered;
  private boolean keyless;
  private boolean over;

  SimPull(SimOrigin origin, Loop loop, String stream, PullListener listener) {
    this.origin = origin;
    this.loop = loop;
    this.stream = stream;
    this.listener = listener;
    this.random = origin.random;
  }

  Loop loop() {
    return loop;
  }

  String stream() {
    return stream;
  }

  @Override
  public void cancel() {
    close();
  }

  private void close() {
    over = true;
    origin.forget(this);
  }

  void begin() {
    if (over) {
      return;
    }
    switch (origin.health()) {
      case REFUSING -> breaks(PullFailure.CONNECT_FAILED);
      case UNREACHABLE -> breaks(PullFailure.CONNECT_TIMEOUT);
      case FROZEN -> loop.schedule(500_000_000L, this::begin);
      case BUSY -> answers(503, "busy");
      case MISSING -> answers(404, "no such stream");
      case LYING -> answers(200, "<html>please log in</html>");
      default -> streams();
    }
  }

  private void answers(int status, String body) {
    listener.answered(status, Headers.of("Content-Type", "text/html"));
    listener.received(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
    endsInOrder();
  }

  private void streams() {
    answered = true;
    keyless = origin.health() == SimOrigin.Health.KEYLESS;
    listener.answered(200, Headers.of("Content-Type", "video/x-flv"));
    startsAnew(true);
    pump();
  }

  /** Header and configuration, then everything from the newest keyframe on. */
  void startsAnew(boolean withHeader) {
    if (over || !answered) {
      return;
    }
    Programme programme = origin.programme();
    int count = Math.max(1, origin.framesNow());
    next = programme.startBefore(count);
    if (keyless) {
      next++;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (withHeader) {
      out.writeBytes(programme.header());
    }
    int version = programme.frame(next).version();
    out.writeBytes(programme.opening(version, random.nextBoolean() ? 0 : origin.timestampOf(next)));
    send(out.toByteArray());
  }

  /** Sends what has come since the last time. */
  private void pump() {
    if (over) {
      return;
    }
    SimOrigin.Health health = origin.health();
    if (health == SimOrigin.Health.TRICKLING) {
      trickle();
    } else if (health != SimOrigin.Health.FROZEN) {
      send(due());
    }
    loop.schedule((20 + random.nextInt(80)) * 1_000_000L, this::pump);
  }

  private byte[] due() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(backlog);
    backlog = new byte[0];
    int count = origin.framesNow();
    for (; next < count; next++) {
      Programme.Frame frame = origin.programme().frame(next);
      long timestampMillis = origin.timestampOf(next);
      out.writeBytes(
          keyless && frame.key()
              ? origin.programme().configuration(frame.version(), timestampMillis)
              : origin.programme().tags(next, timestampMillis));
    }
    keyless &= origin.health() == SimOrigin.Health.KEYLESS;
    return out.toByteArray();
  }

  /** A byte or two, never a whole tag. */
  private void trickle() {
    if (backlog.length == 0 && next < origin.framesNow()) {
      backlog = origin.programme().tags(next, origin.timestampOf(next));
      next++;
    }
    int some = Math.min(backlog.length - 1, 1 + random.nextInt(2));
    if (some > 0) {
      byte[] piece = Arrays.copyOf(backlog, some);
      backlog = Arrays.copyOfRange(backlog, some, backlog.length);
      send(piece);
    }
  }

  private void send(byte[] bytes) {
    int from = 0;
    while (from < bytes.length && !over) {
      int length = Math.min(bytes.length - from, 1 + random.nextInt(4_000));
      listener.received(ByteBuffer.wrap(bytes, from, length));
      from += length;
    }
  }

  // Trouble.

  void breaks(PullFailure failure) {
    if (!over) {
      close();
      listener.failed(failure, "simulated");
    }
  }

  void endsInOrder() {
    if (!over) {
      send(backlog);
      close();
      listener.ended();
    }
  }

  /** Half a tag, then nothing more: a reset, or an end that pretends to be one. */
  void cutsOff() {
    if (over || !answered) {
      return;
    }
    byte[] tag = due();
    if (tag.length == 0) {
      return;
    }
    send(Arrays.copyOf(tag, 1 + random.nextInt(tag.length)));
    if (random.nextBoolean()) {
      breaks(PullFailure.RESET);
    } else {
      endsInOrder();
    }
  }

  void garbage() {
    if (!over && answered && backlog.length == 0) {
      byte[] noise = new byte[1 + random.nextInt(3_000)];
      random.nextBytes(noise);
      send(noise);
    }
  }

  void repeatsGroup() {
    if (over || !answered || next <= 0 || backlog.length > 0 || keyless) {
      return;
    }
    int start = origin.programme().startBefore(next);
    if (origin.programme().hasVideo && start != repeated && !origin.hasSteppedSince(start)) {
      repeated = start;
      next = start;
    }
  }
}
