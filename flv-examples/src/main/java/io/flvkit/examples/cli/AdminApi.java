package io.flvkit.examples.cli;

import io.flvkit.edge.json.JsonReader;
import io.flvkit.edge.json.JsonWriter;
import io.flvkit.examples.FlvKitException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Talks to the admin listener of an edge. Confined to one thread. */
final class AdminApi {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final String url;
  private final @Nullable String token;

  private AdminApi(String url, @Nullable String token) {
    this.url = url;
    this.token = token;
  }

  /**
   * The API at an address.
   *
   * @param url of the listener, such as {@code http://127.0.0.1:9901}
   * @param tokenFile holds the bearer token; null: none is needed
   */
  static AdminApi at(String url, @Nullable Path tokenFile) {
    if (!url.matches("https?://[^/?#]+/?")) {
      throw FlvKitException.wrongUsage(
          "--admin: a URL such as http://127.0.0.1:9901, not " + url, null);
    }
    try {
      return new AdminApi(
          url.endsWith("/") ? url.substring(0, url.length() - 1) : url,
          tokenFile == null ? null : Files.readString(tokenFile, StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      throw FlvKitException.wrongUsage("--token-file: cannot read " + tokenFile, e);
    }
  }

  /** Sends an object of one list of texts, and returns the object that is the answer. */
  Map<?, ?> post(String path, String name, List<String> texts) {
    JsonWriter json = new JsonWriter().beginObject().name(name).beginArray();
    texts.forEach(json::value);
    String body = json.endArray().endObject().toString();
    return send(path, HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  Map<?, ?> get(String path) {
    return send(path, HttpRequest.newBuilder().GET());
  }

  private Map<?, ?> send(String path, HttpRequest.Builder request) {
    request.uri(URI.create(url + path)).timeout(PATIENCE);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (JsonReader.read(answer.body()) instanceof Map<?, ?> object) {
        if (answer.statusCode() < 300) {
          return object;
        }
        throw FlvKitException.failed(answer.statusCode() + " " + object.get("error"), null);
      }
    } catch (IllegalArgumentException e) {
      throw FlvKitException.failed(url + " is no admin listener of an edge", e);
    } catch (IOException e) {
      throw FlvKitException.failed("cannot reach " + url, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw FlvKitException.failed("interrupted", e);
    }
    throw FlvKitException.failed(url + " is no admin listener of an edge", null);
  }
}
