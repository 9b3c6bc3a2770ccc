package io.flvkit.edge.vod;

import io.flvkit.edge.http.Headers;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.origin.OriginConnector;
import io.flvkit.edge.origin.OriginPull;
import io.flvkit.edge.origin.OriginRequest;
import io.flvkit.edge.origin.PullFailure;
import io.flvkit.edge.origin.PullListener;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One request to the origins, in order: one that cannot be reached, is late, or answers 5xx is
 * followed by the next, the last one by the first. Everything else is the answer. Confined to the
 * loop.
 */
final class OriginFetch {
  private final List<Candidate> candidates;
  private final AtomicInteger preferred;
  private final int first;
  private final OriginConnector connector;
  private final OriginDeadlines deadlines;
  private final Loop loop;
  private final VodEvents events;
  private final OriginReceiver receiver;

  private int asked;
  private @Nullable Refusal lastRefusal;

  /**
   * What one origin would be asked.
   *
   * @param origin its name
   */
  record Candidate(String origin, OriginRequest request) {}

  /**
   * A fetch not begun.
   *
   * @param candidates the origins in order
   * @param preferred which origin to begin with; set to the one that served
   * @param events hears what the origins do
   */
  OriginFetch(
      List<Candidate> candidates,
      AtomicInteger preferred,
      OriginConnector connector,
      OriginDeadlines deadlines,
      Loop loop,
      VodEvents events,
      OriginReceiver receiver) {
    this.candidates = candidates;
    this.preferred = preferred;
    this.first = preferred.get();
    this.connector = connector;
    this.deadlines = deadlines;
    this.loop = loop;
    this.events = events;
    this.receiver = receiver;
  }

  /** Asks the first origin; called once. */
  void start() {
    askNext(false);
  }

  private void askNext(boolean lastWasLate) {
    if (asked < candidates.size()) {
      int index = (first + asked++) % candidates.size();
      new Attempt(index, candidates.get(index)).start();
    } else if (lastRefusal != null) {
      receiver.refused(lastRefusal);
    } else {
      receiver.unreachable(lastWasLate);
    }
  }

  /** One origin. */
  private final class Attempt implements PullListener {
    private final int index;
    private final Candidate candidate;
    private @Nullable OriginPull pull;
    private Loop.@Nullable Timer deadline;
    private @Nullable Refusal refusal;
    private boolean accepted;
    private boolean over;

    Attempt(int index, Candidate candidate) {
      this.index = index;
      this.candidate = candidate;
    }

    void start() {
      deadline = loop.schedule(deadlines.firstByte().toNanos(), this::late);
      pull = connector.open(loop, candidate.request(), this);
    }

    @Override
    public void answered(int status, Headers headers) {
      boolean bodyless = candidate.request().method().equals("HEAD");
      if (over) {
        return;
      }
      if (status >= 300 && status != 304) {
        refusal = new Refusal(status, headers);
        if (bodyless) {
          settle(refusal);
        }
      } else if (receiver.head(status, headers, started())) {
        accepted = true;
        over = true;
        stopDeadline();
        serves();
      } else {
        giveUp("the answer contradicts the request", false);
      }
    }

    @Override
    public void received(ByteBuffer bytes) {
      if (accepted) {
        events.received(bytes.remaining());
        receiver.bytes(bytes);
      } else if (refusal != null && !over && !refusal.take(bytes)) {
        settle(refusal);
      }
    }

    @Override
    public void ended() {
      if (accepted) {
        receiver.ended();
      } else if (refusal != null && !over) {
        settle(refusal);
      }
    }

    @Override
    public void failed(PullFailure failure, String detail) {
      if (accepted) {
        events.originFailed(candidate.origin(), failure.label());
        receiver.broken(detail);
      } else if (refusal != null && !over) {
        settle(refusal);
      } else if (!over) {
        giveUp(failure.label(), failure.isTimeout());
      }
    }

    private void late() {
      if (refusal != null && !over) {
        settle(refusal);
      } else if (!over) {
        giveUp(PullFailure.FIRST_BYTE_TIMEOUT.label(), true);
      }
    }

    /** The origin gave a refusal that is complete as far as anybody wants it. */
    private void settle(Refusal complete) {
      stop();
      if (complete.status() >= 500) {
        events.originFailed(candidate.origin(), "status-" + complete.status());
        lastRefusal = complete;
        askNext(false);
      } else {
        serves();
        receiver.refused(complete);
      }
    }

    private void serves() {
      preferred.set(index);
      events.originServes(candidate.origin());
    }

    private void giveUp(String reason, boolean late) {
      stop();
      events.originFailed(candidate.origin(), reason);
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
  }
}
