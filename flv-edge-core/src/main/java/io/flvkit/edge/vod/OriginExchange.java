package io.flvkit.edge.vod;

import io.flvkit.edge.http.Body;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.Headers;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.origin.OriginConnector;
import io.flvkit.edge.origin.OriginPull;
import io.flvkit.edge.origin.OriginRequest;
import io.flvkit.edge.origin.PullFailure;
import io.flvkit.edge.origin.PullListener;
import io.flvkit.edge.vod.OriginSource.Candidate;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One request of a client to the origins, in order: one that cannot be reached, is late, or answers
 * 5xx is followed by the next, the last one by the first. Everything else is the answer. Confined
 * to the loop.
 */
final class OriginExchange {
  private final List<Candidate> candidates;
  private final AtomicInteger preferred;
  private final int first;
  private final OriginConnector connector;
  private final OriginDeadlines deadlines;
  private final Loop loop;
  private final String cacheStatusHeader;
  private final VodEvents events;
  private final CompletableFuture<EdgeResponse> answer = new CompletableFuture<>();

  private int asked;
  private @Nullable EdgeResponse lastRefusal;

  /**
   * An exchange not begun.
   *
   * @param candidates the origins in order
   * @param preferred which origin to begin with; set to the one that served
   * @param events hears what the origins do
   */
  OriginExchange(
      List<Candidate> candidates,
      AtomicInteger preferred,
      OriginConnector connector,
      OriginDeadlines deadlines,
      Loop loop,
      String cacheStatusHeader,
      VodEvents events) {
    this.candidates = candidates;
    this.events = events;
    this.preferred = preferred;
    this.first = preferred.get();
    this.connector = connector;
    this.deadlines = deadlines;
    this.loop = loop;
    this.cacheStatusHeader = cacheStatusHeader;
  }

  /** Asks the first origin; called once. */
  CompletionStage<EdgeResponse> start() {
    loop.run(() -> askNext(false));
    return answer;
  }

  private void askNext(boolean lastWasLate) {
    if (asked < candidates.size()) {
      int index = (first + asked++) % candidates.size();
      new Attempt(index, candidates.get(index)).start();
    } else if (lastRefusal != null) {
      answer.complete(lastRefusal);
    } else {
      answer.complete(
          lastWasLate
              ? EdgeResponse.text(504, "the origin did not answer in time")
              : EdgeResponse.text(502, "the origin cannot be reached"));
    }
  }

  /** One origin. */
  private final class Attempt implements PullListener {
    private final int index;
    private final String origin;
    private final OriginRequest request;
    private @Nullable OriginPull pull;
    private Loop.@Nullable Timer deadline;
    private @Nullable Refusal refusal;
    private @Nullable PassThroughBody body;
    private boolean over;

    Attempt(int index, Candidate candidate) {
      this.index = index;
      this.origin = candidate.origin();
      this.request = candidate.request();
    }

    void start() {
      deadline = loop.schedule(deadlines.firstByte().toNanos(), this::late);
      pull = connector.open(loop, request, this);
    }

    @Override
    public void answered(int status, Headers headers) {
      if (over) {
        return;
      }
      boolean head = request.method().equals("HEAD");
      if (head || status == 204 || status == 304) {
        settle(status, new EdgeResponse(status, fields(headers, head), Body.EMPTY));
      } else if (status >= 300) {
        refusal = new Refusal(status, fields(headers, false));
      } else {
        pass(status, headers);
      }
    }

    private void pass(int status, Headers headers) {
      long length = AnswerHead.lengthBytes(headers);
      if (!AnswerHead.isSound(request, status, headers, length)) {
        giveUp("the answer contradicts the range", false);
        return;
      }
      stopDeadline();
      over = true;
      body = new PassThroughBody(loop, started(), deadlines.stall());
      complete(new EdgeResponse(status, fields(headers, false), new Body.Pulled(length, body)));
    }

    @Override
    public void received(ByteBuffer bytes) {
      if (body != null) {
        events.received(bytes.remaining());
        body.received(bytes);
      } else if (refusal != null && !over && !refusal.take(bytes)) {
        settle(refusal.status(), refusal.response());
      }
    }

    @Override
    public void ended() {
      if (body != null) {
        body.ended();
      } else if (refusal != null && !over) {
        settle(refusal.status(), refusal.response());
      }
    }

    @Override
    public void failed(PullFailure failure, String detail) {
      if (body != null) {
        events.originFailed(origin, failure.label());
        body.broken(detail);
      } else if (refusal != null && !over) {
        settle(refusal.status(), refusal.response());
      } else if (!over) {
        giveUp(failure.label(), failure.isTimeout());
      }
    }

    private void late() {
      if (refusal != null && !over) {
        settle(refusal.status(), refusal.response());
      } else if (!over) {
        giveUp(PullFailure.FIRST_BYTE_TIMEOUT.label(), true);
      }
    }

    /** The origin gave an answer that is complete as far as anybody wants it. */
    private void settle(int status, EdgeResponse response) {
      stop();
      if (status >= 500) {
        events.originFailed(origin, "status-" + status);
        lastRefusal = response;
        askNext(false);
      } else {
        complete(response);
      }
    }

    private void complete(EdgeResponse response) {
      preferred.set(index);
      events.originServes(origin);
      answer.complete(response);
    }

    private void giveUp(String reason, boolean late) {
      stop();
      events.originFailed(origin, reason);
      askNext(late);
    }

    private void stop() {
      over = true;
      stopDeadline();
      started().cancel();
    }

    private void stopDeadline() {
      if (deadline != null) {
        deadline.cancel();
      }
    }

    private OriginPull started() {
      if (pull == null) {
        throw new IllegalStateException("a pull that spoke before it was opened");
      }
      return pull;
    }

    private Headers fields(Headers answer, boolean withLength) {
      Headers.Builder fields =
          OriginHeaders.toClient(answer).set(cacheStatusHeader, PlannedAnswer.BYPASS);
      long length = withLength ? AnswerHead.lengthBytes(answer) : -1;
      if (length >= 0) {
        fields.set("Content-Length", Long.toString(length));
      }
      return fields.build();
    }
  }
}
