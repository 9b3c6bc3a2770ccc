package io.flvkit.edge.vod;

import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.Headers;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.origin.OriginPull;
import io.flvkit.vod.ByteRange;
import io.flvkit.vod.cache.FileVersion;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads a small range of a file at its origins into memory. Confined to the loop. */
final class RangeRead implements OriginReceiver {
  private final String key;
  private final ByteRange asked;
  private final CompletableFuture<RangeAnswer> answer = new CompletableFuture<>();
  private final StallWatch stall;

  private @Nullable OriginPull pull;
  private @Nullable FileVersion version;
  private ByteBuffer bytes = ByteBuffer.allocate(0);

  RangeRead(String key, ByteRange asked, Duration stallLimit, Loop loop) {
    this.key = key;
    this.asked = asked;
    this.stall = new StallWatch(loop, stallLimit, () -> give(unreachableAnswer(true)));
  }

  CompletionStage<RangeAnswer> answer() {
    return answer;
  }

  @Override
  public boolean head(int status, Headers headers, OriginPull running) {
    OriginFile.Part part = status == 206 ? OriginFile.part(headers) : null;
    if (status == 206 && (part == null || !isAnswer(part))) {
      return false;
    }
    pull = running;
    version =
        part == null || !OriginFile.isStrong(headers)
            ? null
            : OriginFile.version(key, headers, part.lengthBytes(), true);
    if (part == null || version == null) {
      give(new RangeAnswer.NoRange());
      return true;
    }
    bytes = ByteBuffer.allocate((int) part.range().length());
    stall.start();
    return true;
  }

  private boolean isAnswer(OriginFile.Part part) {
    long last = Math.min(asked.last(), part.lengthBytes() - 1);
    return part.range().first() == asked.first() && part.range().last() == last;
  }

  @Override
  public void bytes(ByteBuffer more) {
    stall.progress();
    bytes.put(more.slice().limit(Math.min(more.remaining(), bytes.remaining())));
  }

  @Override
  public void ended() {
    give(
        version == null || bytes.hasRemaining()
            ? unreachableAnswer(false)
            : new RangeAnswer.Bytes(version, bytes.flip().asReadOnlyBuffer()));
  }

  @Override
  public void broken(String why) {
    give(unreachableAnswer(false));
  }

  @Override
  public void refused(Refusal refusal) {
    Headers fields = OriginHeaders.toClient(refusal.headers()).build();
    give(new RangeAnswer.Failed(new EdgeResponse(refusal.status(), fields, refusal.body())));
  }

  @Override
  public void unreachable(boolean late) {
    give(unreachableAnswer(late));
  }

  private static RangeAnswer unreachableAnswer(boolean late) {
    return new RangeAnswer.Failed(Unreachable.answer(late));
  }

  /** The first word counts. */
  private void give(RangeAnswer word) {
    stall.stop();
    if (answer.complete(word) && pull != null) {
      pull.cancel();
    }
  }
}
