package io.flvkit.edge.vod;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An origin that reads a request head and then does exactly what the test wants. */
final class RawOrigin implements AutoCloseable {
  /** What it does on one connection. */
  interface Script {
    void answer(OutputStream out) throws IOException;
  }

  private final ServerSocket listener;
  private volatile IOException lastFault;
  private final List<String> heads = new CopyOnWriteArrayList<>();

  /** Answers each connection by the script, then closes it. */
  RawOrigin(Script script) {
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(() -> accept(script), "raw-origin");
    thread.setDaemon(true);
    thread.start();
  }

  /** Sends the text and closes. */
  static RawOrigin sending(String text) {
    return new RawOrigin(
        out -> out.write(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1)));
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort() + "/files/";
  }

  /** The request heads that came, oldest first. */
  List<String> heads() {
    return heads;
  }

  /** Why a connection or the listener ended early; null if none did. */
  IOException lastFault() {
    return lastFault;
  }

  private void accept(Script script) {
    while (!listener.isClosed()) {
      try (Socket connection = listener.accept()) {
        heads.add(readHead(connection.getInputStream()));
        script.answer(connection.getOutputStream());
        connection.shutdownOutput();
      } catch (IOException e) {
        lastFault = e;
      }
    }
  }

  private static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int c; head.indexOf("\r\n\r\n") < 0 && (c = in.read()) >= 0; ) {
      head.append((char) c);
    }
    return head.toString();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
