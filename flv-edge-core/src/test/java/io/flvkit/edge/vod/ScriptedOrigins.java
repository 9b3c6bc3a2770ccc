package io.flvkit.edge.vod;

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

/** Origins that do what the test says, when the test says it. */
final class ScriptedOrigins implements OriginConnector {
  private final List<Pull> pulls = new ArrayList<>();

  @Override
  public OriginPull open(Loop loop, OriginRequest request, PullListener listener) {
    Pull pull = new Pull(request, listener);
    pulls.add(pull);
    return pull;
  }

  /** How many requests were made. */
  int count() {
    return pulls.size();
  }

  /** The newest request. */
  Pull last() {
    return pulls.get(pulls.size() - 1);
  }

  /** One request and what its origin does. */
  static final class Pull implements OriginPull {
    final OriginRequest request;
    private final PullListener listener;
    boolean cancelled;
    boolean reading = true;

    Pull(OriginRequest request, PullListener listener) {
      this.request = request;
      this.listener = listener;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }

    @Override
    public void read(boolean wanted) {
      reading = wanted;
    }

    String header(String name) {
      return request.headers().first(name);
    }

    Pull answers(int status, String... headers) {
      listener.answered(status, Headers.of(headers));
      return this;
    }

    Pull sends(byte[] bytes) {
      if (!cancelled) {
        ByteBuffer lent = ByteBuffer.wrap(bytes.clone());
        listener.received(lent);
        lent.clear();
        lent.put(new byte[bytes.length]);
      }
      return this;
    }

    Pull sends(String text) {
      return sends(text.getBytes(StandardCharsets.US_ASCII));
    }

    void ends() {
      if (!cancelled) {
        listener.ended();
      }
    }

    void fails(PullFailure failure) {
      listener.failed(failure, failure.label());
    }
  }
}
