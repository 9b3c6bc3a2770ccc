package io.flvkit.examples.cli;

import io.flvkit.examples.FlvKitException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Bytes of a file or of an HTTP response. What fails is said with the name of the source. */
final class MediaInput implements AutoCloseable {
  private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
  private static final int READ_TIMEOUT_MILLIS = 10_000;
  private static final int READ_BYTES = 64 << 10;

  private final String name;
  private final InputStream stream;
  private final long bytes;
  private final byte[] buffer = new byte[READ_BYTES];

  private MediaInput(String name, InputStream stream, long bytes) {
    this.name = name;
    this.stream = stream;
    this.bytes = bytes;
  }

  /** Opens a file, or the URL of a response with status 200. */
  static MediaInput open(String source) {
    try {
      return source.matches("(?i)https?://.*") ? openUrl(source) : openFile(source);
    } catch (IOException e) {
      throw failed(source, e);
    }
  }

  private static MediaInput openFile(String source) throws IOException {
    Path file = Path.of(source);
    return new MediaInput(source, Files.newInputStream(file), Files.size(file));
  }

  private static MediaInput openUrl(String source) throws IOException {
    URI uri;
    try {
      uri = URI.create(source);
    } catch (IllegalArgumentException e) {
      throw FlvKitException.wrongUsage(source + ": is not a URL", e);
    }
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
    connection.setReadTimeout(READ_TIMEOUT_MILLIS);
    if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
      throw FlvKitException.failed(
          source + ": status " + connection.getResponseCode() + ", wanted 200", null);
    }
    return new MediaInput(source, connection.getInputStream(), connection.getContentLengthLong());
  }

  /** The length of the input; -1 of a response that does not say. */
  long bytes() {
    return bytes;
  }

  /** The next bytes, in a buffer that the next call overwrites; empty at the end. */
  ByteBuffer read() {
    try {
      int count = stream.read(buffer);
      return ByteBuffer.wrap(buffer, 0, Math.max(0, count));
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  private static FlvKitException failed(String name, IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return FlvKitException.failed(name + ": no such file", failure);
    }
    if (failure instanceof SocketTimeoutException) {
      return FlvKitException.failed(name + ": no answer in time", failure);
    }
    if (failure instanceof UnknownHostException) {
      return FlvKitException.failed(name + ": unknown host", failure);
    }
    return FlvKitException.failed(name + ": " + failure.getMessage(), failure);
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException e) {
      throw failed(name, e);
    }
  }
}
