package io.flvkit.edge.routing;

import io.flvkit.edge.access.AccessVerdict.Denied;
import io.flvkit.edge.http.Delivery;
import io.flvkit.edge.http.EdgeRequest;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.EndReason;
import io.flvkit.edge.http.LiveBody;
import io.flvkit.edge.live.RenditionKind;
import io.flvkit.edge.live.ViewerListener;
import io.flvkit.edge.log.AccessEntry;
import io.flvkit.edge.log.Redaction;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.metrics.ViewerMetrics;
import io.flvkit.edge.vod.VodEvents;
import io.flvkit.token.CanonicalPath;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its response, as the log and the metrics tell of it. Used by the thread that has
 * the request at the moment, then by the connection's loop.
 */
final class Exchange extends Delivery implements ViewerListener, VodEvents {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
  private static final long RUNNING_NANOS = 60_000_000_000L;

  private final Exchanges exchanges;
  private final EdgeRequest request;
  private final String id;
  private final InetAddress client;
  private final @Nullable Loop loop;

  private @Nullable Route route;
  private @Nullable CanonicalPath asked;
  private @Nullable String pathWithoutToken;
  private @Nullable String stream;
  private @Nullable String origin;
  private @Nullable String cacheStatus;
  private @Nullable Denied denied;
  private RenditionKind rendition = RenditionKind.FULL;
  private int status;
  private @Nullable Long startupMillis;
  private long jumps;
  private boolean live;
  private boolean head;
  private @Nullable ViewerMetrics viewer;
  private Duration maxSession = Duration.ZERO;
  private Loop.@Nullable Timer running;
  private Loop.@Nullable Timer session;

  Exchange(
      Exchanges exchanges,
      EdgeRequest request,
      String id,
      InetAddress client,
      @Nullable Loop loop) {
    this.exchanges = exchanges;
    this.request = request;
    this.id = id;
    this.client = client;
    this.loop = loop;
  }

  String id() {
    return id;
  }

  InetAddress client() {
    return client;
  }

  /** What is asked for; if a token stood before it, the log shows the path without. */
  void asksFor(CanonicalPath resource, boolean hadToken) {
    asked = resource;
    pathWithoutToken = hadToken ? resource.encoded() : null;
  }

  void route(Route found) {
    route = found;
    stream = asked == null ? null : found.stream(asked);
  }

  /** Breaks the response off that long after its request; zero: never. */
  void endsAfter(Duration limit) {
    maxSession = limit;
  }

  void rendition(RenditionKind wanted) {
    rendition = wanted;
  }

  void origin(@Nullable String url) {
    origin = url;
  }

  @Override
  public void originServes(String url) {
    origin = url;
    exchanges.metrics().originUp(url, true);
  }

  @Override
  public void originFailed(String url, String reason) {
    exchanges.metrics().originUp(url, false);
    LOG.info("{}: origin {} failed: {}", id, url, reason);
  }

  @Override
  public void received(long bytes) {
    exchanges.metrics().fileReceived(bytes);
  }

  void denied(Denied verdict) {
    denied = verdict;
    exchanges.metrics().accessDenied(verdict.rule(), verdict.reason());
  }

  void limitHit(String limit) {
    exchanges.metrics().limitHit(limit);
  }

  void fault(Throwable cause) {
    LOG.error("request {} {} failed", id, request.target(), cause);
  }

  /** The response is decided: it is watched from here on. */
  EdgeResponse watch(EdgeResponse response) {
    status = response.status();
    cacheStatus = response.headers().first(exchanges.cacheStatusHeader());
    head = request.method().equals("HEAD");
    live = response.body() instanceof LiveBody && !head;
    exchanges.metrics().answered(serviceLabel(), stream, status, request.protocol().label());
    if (cacheStatus != null && serviceLabel().equals("vod")) {
      exchanges.metrics().cacheAnswered(cacheStatus);
    }
    if (live && stream != null && loop != null) {
      viewer =
          exchanges.metrics().stream(stream)
              .viewerStarted(request.protocol().label(), rendition.label());
      running = loop.schedule(RUNNING_NANOS, this::stillRunning);
    }
    if (!maxSession.isZero() && loop != null) {
      session = loop.schedule(maxSession.toNanos(), () -> cut(EndReason.SESSION_OVER));
    }
    return response.watchedBy(this);
  }

  private void stillRunning() {
    exchanges.log().add(entry(AccessEntry.Event.RUNNING, null));
    if (loop != null) {
      running = loop.schedule(RUNNING_NANOS, this::stillRunning);
    }
  }

  @Override
  protected void onFirstByte() {
    long millis = sinceRequestMillis();
    startupMillis = millis;
    if (viewer != null) {
      viewer.startedUp(millis);
    }
  }

  @Override
  protected void onBytes(long count) {
    if (viewer != null) {
      viewer.sent(count);
    } else if (route != null && route.service().equals("vod")) {
      exchanges.metrics().fileSent(request.protocol().label(), count);
    }
  }

  @Override
  protected void onFinished(EndReason reason) {
    if (running != null) {
      running.cancel();
    }
    if (session != null) {
      session.cancel();
    }
    if (viewer != null) {
      viewer.ended(reason.label());
    }
    exchanges.log().add(entry(AccessEntry.Event.END, reason));
  }

  @Override
  public void jumped() {
    jumps++;
    if (viewer != null) {
      viewer.jumped();
    }
  }

  @Override
  public void lags(long millis) {
    if (viewer != null) {
      viewer.lag(millis);
    }
  }

  @Override
  public void failed(Throwable cause) {
    fault(cause);
  }

  private String serviceLabel() {
    return route == null ? "none" : route.service();
  }

  private long sinceRequestMillis() {
    long now = loop == null ? request.receivedNanos() : loop.nanoTime();
    return Math.max(0, (now - request.receivedNanos()) / 1_000_000);
  }

  private AccessEntry entry(AccessEntry.Event event, @Nullable EndReason reason) {
    int mark = request.target().indexOf('?');
    Redaction redaction = exchanges.redaction();
    return new AccessEntry(
        exchanges.wallClock().instant(),
        event,
        id,
        route == null ? null : route.service(),
        stream,
        pathWithoutToken != null
            ? pathWithoutToken
            : mark < 0 ? request.target() : request.target().substring(0, mark),
        redaction.query(mark < 0 ? null : request.target().substring(mark + 1)),
        client.getHostAddress(),
        route == null ? null : route.access().country(client),
        request.method(),
        status,
        request.protocol().label(),
        bytes(),
        sinceRequestMillis(),
        startupMillis,
        live ? jumps : null,
        cacheStatus,
        origin,
        denied != null ? denied.reason() : reason == null ? null : reason.label(),
        denied == null ? null : denied.rule(),
        redaction.url(request.headers().first("Referer")),
        request.headers().first("User-Agent"));
  }
}
