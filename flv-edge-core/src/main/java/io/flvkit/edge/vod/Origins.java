package io.flvkit.edge.vod;

import io.flvkit.edge.http.Headers;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.origin.OriginConnector;
import io.flvkit.token.CanonicalPath;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The origins of a mount in order. One that served is asked first the next time, so that a dead one
 * costs its deadline once. Safe to use from any thread.
 */
final class Origins {
  private final List<OriginAddress> addresses;
  private final OriginConnector connector;
  private final OriginDeadlines deadlines;
  private final AtomicInteger preferred = new AtomicInteger();

  Origins(List<OriginAddress> addresses, OriginConnector connector, OriginDeadlines deadlines) {
    this.addresses = addresses;
    this.connector = connector;
    this.deadlines = deadlines;
  }

  OriginDeadlines deadlines() {
    return deadlines;
  }

  /**
   * Asks for a file; every call of the receiver comes on {@code loop}.
   *
   * @param fields of the request, as every origin gets them
   * @param events hears what the origins do
   */
  void ask(
      String method,
      CanonicalPath file,
      Headers fields,
      Loop loop,
      VodEvents events,
      OriginReceiver receiver) {
    List<OriginFetch.Candidate> candidates =
        addresses.stream()
            .map(
                address ->
                    new OriginFetch.Candidate(
                        address.name(), address.request(method, file, fields)))
            .toList();
    OriginFetch fetch =
        new OriginFetch(candidates, preferred, connector, deadlines, loop, events, receiver);
    loop.run(fetch::start);
  }
}
