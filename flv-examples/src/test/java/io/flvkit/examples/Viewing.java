package io.flvkit.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.codec.FlvHandler;
import io.flvkit.codec.FlvHeader;
import io.flvkit.codec.FlvParser;
import io.flvkit.codec.FlvTag;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Predicate;

/** One viewer who reads a live response; a read that takes 10 s fails. */
public final class Viewing implements AutoCloseable, FlvHandler {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final HttpURLConnection connection;
  private final InputStream body;
  private final FlvParser parser = FlvParser.create(this);
  private final Queue<FlvTag> tags = new ArrayDeque<>();
  private final byte[] buffer = new byte[64 << 10];
  private FlvHeader header;

  private Viewing(HttpURLConnection connection) throws IOException {
    this.connection = connection;
    this.body = connection.getResponseCode() == 200 ? connection.getInputStream() : null;
  }

  /** Opens a URL; returns when the head of the response is there. */
  public static Viewing of(URI uri) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    return new Viewing(connection);
  }

  public int status() throws IOException {
    return connection.getResponseCode();
  }

  /** The value of a header field, or null. */
  public String field(String name) {
    return connection.getHeaderField(name);
  }

  public FlvHeader header() throws IOException {
    while (header == null) {
      read();
    }
    return header;
  }

  /** The next tag. */
  public FlvTag next() throws IOException {
    while (tags.isEmpty()) {
      read();
    }
    return tags.remove();
  }

  public List<FlvTag> next(int count) throws IOException {
    List<FlvTag> taken = new ArrayList<>();
    while (taken.size() < count) {
      taken.add(next());
    }
    return taken;
  }

  /** Passes over tags until one that is wanted. */
  public FlvTag nextThat(Predicate<FlvTag> wanted) throws IOException {
    FlvTag tag = next();
    while (!wanted.test(tag)) {
      tag = next();
    }
    return tag;
  }

  /** Reads to the end of the body. Throws IOException if it breaks off rather than ends. */
  public List<FlvTag> rest() throws IOException {
    int count;
    while ((count = body.read(buffer)) >= 0) {
      parser.parse(ByteBuffer.wrap(buffer, 0, count));
    }
    parser.end();
    return List.copyOf(tags);
  }

  private void read() throws IOException {
    int count = body.read(buffer);
    assertThat(count).as("bytes before the end of the response").isPositive();
    parser.parse(ByteBuffer.wrap(buffer, 0, count));
  }

  @Override
  public void onHeader(FlvHeader found) {
    header = found;
  }

  @Override
  public void onTag(FlvTag tag) {
    tags.add(tag.copy());
  }

  @Override
  public void close() {
    connection.disconnect();
  }
}
