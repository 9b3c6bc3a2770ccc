package io.flvkit.edge.live;

import io.flvkit.edge.http.Headers;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.origin.OriginConnector;
import io.flvkit.edge.origin.OriginPull;
import io.flvkit.edge.origin.OriginRequest;
import io.flvkit.edge.origin.PullFailure;
import io.flvkit.edge.origin.PullListener;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Origins that do what the test says: each pull is kept, and spoken for by the test. */
final class ScriptedOrigins implements OriginConnector {
  private final List<Pull> pulls = new ArrayList<>();

  @Override
  public OriginPull open(Loop loop, OriginRequest request, PullListener listener) {
    Pull pull = new Pull(request, listener);
    pulls.add(pull);
    return pull;
  }

  int count() {
    return pulls.size();
  }

  long openCount() {
    return pulls.stream().filter(pull -> !pull.over).count();
  }

  /** The pull that was opened as number {@code index}, from 0. */
  Pull at(int index) {
    return pulls.get(index);
  }

  Pull last() {
    return pulls.get(pulls.size() - 1);
  }

  /** One pull, from the origin's side. */
  static final class Pull implements OriginPull {
    private final OriginRequest request;
    private final PullListener listener;
    private boolean over;

    private Pull(OriginRequest request, PullListener listener) {
      this.request = request;
      this.listener = listener;
    }

    String url() {
      return request.uri().toString();
    }

    boolean isCancelled() {
      return over;
    }

    @Override
    public void cancel() {
      over = true;
    }

    Pull answers(int status, String contentType, String body) {
      listener.answered(status, Headers.of("Content-Type", contentType));
      sends(body.getBytes(StandardCharsets.UTF_8));
      ends();
      return this;
    }

    /** The head of a refusal and a piece of its body, but no end. */
    void says(int status, String piece) {
      listener.answered(status, Headers.empty());
      sends(piece.getBytes(StandardCharsets.UTF_8));
    }

    Pull streams() {
      listener.answered(200, Headers.of("Content-Type", "video/x-flv"));
      return this;
    }

    Pull sends(byte[] bytes) {
      listener.received(ByteBuffer.wrap(bytes));
      return this;
    }

    void ends() {
      over = true;
      listener.ended();
    }

    void fails(PullFailure failure) {
      over = true;
      listener.failed(failure, "scripted");
    }
  }
}
