package io.flvkit.edge.vod;

import io.flvkit.edge.http.Body;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.Headers;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.origin.OriginPull;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Makes the answer of an origin that of the client, as it comes. Confined to the loop. */
final class OriginExchange implements OriginReceiver {
  private final boolean head;
  private final boolean ranged;
  private final OriginDeadlines deadlines;
  private final Loop loop;
  private final String cacheStatusHeader;
  private final CompletableFuture<EdgeResponse> answer = new CompletableFuture<>();
  private @Nullable PassThroughBody body;

  /**
   * An exchange that waits for its answer.
   *
   * @param head whether the method is HEAD
   * @param ranged whether a range was asked for
   */
  OriginExchange(
      boolean head,
      boolean ranged,
      OriginDeadlines deadlines,
      Loop loop,
      String cacheStatusHeader) {
    this.head = head;
    this.ranged = ranged;
    this.deadlines = deadlines;
    this.loop = loop;
    this.cacheStatusHeader = cacheStatusHeader;
  }

  CompletionStage<EdgeResponse> answer() {
    return answer;
  }

  @Override
  public boolean head(int status, Headers headers, OriginPull pull) {
    if (head || status == 204 || status == 304) {
      pull.cancel();
      answer.complete(new EdgeResponse(status, fields(headers, head), Body.EMPTY));
      return true;
    }
    long length = AnswerHead.lengthBytes(headers);
    if (!AnswerHead.isSound(ranged, status, headers, length)) {
      return false;
    }
    body = new PassThroughBody(loop, pull, deadlines.stall());
    answer.complete(
        new EdgeResponse(status, fields(headers, false), new Body.Pulled(length, body)));
    return true;
  }

  @Override
  public void bytes(ByteBuffer bytes) {
    if (body != null) {
      body.received(bytes);
    }
  }

  @Override
  public void ended() {
    if (body != null) {
      body.ended();
    }
  }

  @Override
  public void broken(String why) {
    if (body != null) {
      body.broken(why);
    }
  }

  @Override
  public void refused(Refusal refusal) {
    answer.complete(
        new EdgeResponse(refusal.status(), fields(refusal.headers(), head), refusal.body()));
  }

  @Override
  public void unreachable(boolean late) {
    answer.complete(Unreachable.answer(late));
  }

  private Headers fields(Headers answer, boolean withLength) {
    Headers.Builder fields =
        OriginHeaders.toClient(answer).set(cacheStatusHeader, CacheStatus.BYPASS.name());
    long length = withLength ? AnswerHead.lengthBytes(answer) : -1;
    if (length >= 0) {
      fields.set("Content-Length", Long.toString(length));
    }
    return fields.build();
  }
}
