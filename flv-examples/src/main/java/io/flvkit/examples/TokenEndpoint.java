package io.flvkit.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.flvkit.token.CanonicalPath;
import io.flvkit.token.Grant;
import io.flvkit.token.KeyRing;
import io.flvkit.token.Scheme;
import io.flvkit.token.Secret;
import io.flvkit.token.UrlSigner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * An application's endpoint that issues links: {@code GET /token/cam1} answers with a link to the
 * stream and the second at which a player should ask again. Here everybody may watch; a real
 * application asks its session first.
 */
public record TokenEndpoint(HttpServer server, UrlSigner signer, String origin, Clock clock)
    implements AutoCloseable {
  private static final Duration LIFETIME = Duration.ofMinutes(5);
  private static final String MOUNT = "/token/";

  /** Listens on a local port, issues links to {@code origin}: {@code https://live.example.com}. */
  public static TokenEndpoint start(KeyRing keys, String origin, Clock clock) throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(anyPort, 0);
    UrlSigner signer = UrlSigner.of(Scheme.FLVKIT_HMAC, keys);
    TokenEndpoint endpoint = new TokenEndpoint(server, signer, origin, clock);
    server.createContext(MOUNT, endpoint::issue);
    server.start();
    return endpoint;
  }

  /** Runs until the process ends: {@code TokenEndpoint SECRET ORIGIN}. */
  public static void main(String[] arguments) throws IOException {
    KeyRing keys = KeyRing.of("k1", Secret.parse(arguments[0]));
    TokenEndpoint endpoint = start(keys, arguments[1], Clock.systemUTC());
    System.out.println("http://127.0.0.1:" + endpoint.port() + MOUNT + "NAME");
  }

  private void issue(HttpExchange exchange) throws IOException {
    try (exchange) {
      String name = exchange.getRequestURI().getPath().substring(MOUNT.length());
      boolean known = name.matches("[A-Za-z0-9_-]{1,64}");
      byte[] body = (known ? links(name) : "{\"error\":\"no such stream\"}").getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.sendResponseHeaders(known ? 200 : 404, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private String links(String name) {
    Instant expiry = clock.instant().plus(LIFETIME);
    // A quarter of the lifetime is left for the player to come back.
    Instant refresh = expiry.minus(LIFETIME.dividedBy(4));
    CanonicalPath path = CanonicalPath.ofDecoded("/live/" + name + ".flv");
    String url = signer.sign(origin + path, Grant.until(expiry));
    return "{\"url\":\"" + url + "\",\"refreshAt\":" + refresh.getEpochSecond() + "}";
  }

  /** Returns the port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
