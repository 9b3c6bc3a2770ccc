package io.flvkit.edge.player;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The demo player page, held in memory. Immutable. */
public final class PlayerPage {
  /** Everything comes from the page's own server; only the media element may read from memory. */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
          + " media-src 'self' blob:; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String INDEX = "index.html";
  private static final String PLAYER = "mpegts.js";
  private static final List<String> FILES =
      List.of(
          INDEX,
          PLAYER,
          PLAYER + ".LICENSE.txt",
          "address.js",
          "chart.js",
          "controls.js",
          "eventlog.js",
          "figures.css",
          "figures.js",
          "icon.svg",
          "main.js",
          "meter.js",
          "problem.js",
          "protocol.js",
          "session.js",
          "status.js",
          "style.css");
  private static final byte[] NOTHING = {};

  private final Map<String, PageAnswer> found;
  private final PageAnswer missing;

  private PlayerPage(Map<String, PageAnswer> found) {
    this.found = Map.copyOf(found);
    this.missing = new PageAnswer(404, Map.of("X-Content-Type-Options", "nosniff"), NOTHING);
  }

  /**
   * Reads the page from the class path. A build without npm has no player in it: that file is then
   * not found, and the page explains it.
   *
   * @throws UncheckedIOException if a file is there and cannot be read
   */
  public static PlayerPage load() {
    Map<String, PageAnswer> files = new LinkedHashMap<>();
    for (String name : FILES) {
      byte[] content = read(name);
      if (content != null) {
        files.put(name, new PageAnswer(200, headers(name, content), content));
      }
    }
    return new PlayerPage(files);
  }

  /** Whether this build holds the player itself. */
  public boolean hasPlayer() {
    return found.containsKey(PLAYER);
  }

  /**
   * The answer to a GET; a HEAD takes the same without content.
   *
   * @param name what follows the mount in the path; empty for the page itself
   * @param ifNoneMatch the request's field of that name
   */
  public PageAnswer answer(String name, @Nullable String ifNoneMatch) {
    PageAnswer answer = found.get(name.isEmpty() ? INDEX : name);
    if (answer == null) {
      return missing;
    }
    return ifNoneMatch != null && matches(ifNoneMatch, answer.headers().get("ETag"))
        ? new PageAnswer(304, answer.headers(), NOTHING)
        : answer;
  }

  private static boolean matches(String ifNoneMatch, @Nullable String etag) {
    for (String candidate : ifNoneMatch.split(",", -1)) {
      String tag = candidate.strip();
      if (tag.equals("*") || (tag.startsWith("W/") ? tag.substring(2) : tag).equals(etag)) {
        return true;
      }
    }
    return false;
  }

  private static Map<String, String> headers(String name, byte[] content) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", contentType(name));
    headers.put("ETag", '"' + digest(content) + '"');
    headers.put("Cache-Control", "no-cache");
    headers.put("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "same-origin");
    return Collections.unmodifiableMap(headers);
  }

  private static String contentType(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> "text/plain; charset=utf-8";
    };
  }

  private static byte @Nullable [] read(String name) {
    try (InputStream in = PlayerPage.class.getResourceAsStream(name)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the player page's " + name, e);
    }
  }

  private static String digest(byte[] content) {
    try {
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(sum, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
