package io.flvkit.edge.origin;

import io.flvkit.edge.http.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Marks what this edge asks of origins, so that a request that comes back to it is refused and does
 * not wait for itself: the {@code CDN-Loop} field of RFC 8586. The name is one of this process, so
 * that edges may stand behind edges.
 */
public final class CdnLoop {
  /** The header field. */
  public static final String FIELD = "CDN-Loop";

  private final String id;

  private CdnLoop(String id) {
    this.id = id;
  }

  /** A name that no other edge has. */
  public static CdnLoop random(RandomGenerator random) {
    return new CdnLoop("flvkit-%016x".formatted(random.nextLong()));
  }

  /**
   * Whether a request has passed this edge before.
   *
   * @param fields all values of the field
   */
  public boolean isClosedBy(List<String> fields) {
    for (String field : fields) {
      for (String hop : field.split(",", -1)) {
        int end = hop.indexOf(';');
        String name = (end < 0 ? hop : hop.substring(0, end)).strip();
        if (name.toLowerCase(Locale.ROOT).equals(id)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The field to send: those that came, and this edge behind them. */
  public String after(List<String> fields) {
    List<String> hops = new ArrayList<>(fields);
    hops.add(id);
    return String.join(", ", hops);
  }

  /** Opens what it is asked for by way of {@code connector}, with this edge behind the hops. */
  public OriginConnector marking(OriginConnector connector) {
    return (loop, request, listener) -> {
      Headers fields = request.headers();
      Headers marked = fields.toBuilder().set(FIELD, after(fields.all(FIELD))).build();
      return connector.open(loop, request.withHeaders(marked), listener);
    };
  }
}
