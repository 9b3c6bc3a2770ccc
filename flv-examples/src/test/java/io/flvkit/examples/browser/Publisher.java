package io.flvkit.examples.browser;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Publishes one live stream by POST under another name, as an encoder does, until told to end. */
final class Publisher implements AutoCloseable {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final EndableStream body;
  private final CompletableFuture<HttpResponse<Void>> answer;

  private Publisher(EndableStream body, CompletableFuture<HttpResponse<Void>> answer) {
    this.body = body;
    this.answer = answer;
  }

  /** Begins to publish what {@code source} sends as {@code target}. */
  static Publisher start(URI source, URI target) throws IOException, InterruptedException {
    HttpRequest get = HttpRequest.newBuilder(source).build();
    EndableStream body = new EndableStream(CLIENT.send(get, BodyHandlers.ofInputStream()).body());
    HttpRequest post =
        HttpRequest.newBuilder(target).POST(BodyPublishers.ofInputStream(() -> body)).build();
    return new Publisher(body, CLIENT.sendAsync(post, BodyHandlers.discarding()));
  }

  /** Ends the stream in good order; returns when the origin has confirmed it. */
  void end() throws Exception {
    body.ended = true;
    answer.get(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    body.ended = true;
    body.close();
  }

  /** Ends when told to, whatever is still coming. */
  private static final class EndableStream extends FilterInputStream {
    private volatile boolean ended;

    EndableStream(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return ended ? -1 : super.read(bytes, offset, length);
    }
  }
}
