package io.flvkit.edge.netty;

import io.flvkit.edge.http.Body;
import io.flvkit.edge.http.Delivery;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.EndReason;
import io.flvkit.edge.http.LiveBody;
import io.flvkit.edge.loop.Loop;
import java.util.function.Consumer;

/** Sends one response. Confined to the connection's event loop. */
interface ResponseWriter {
  /** Writes the head and begins with the body. */
  void start();

  /** The connection takes more, or has enough. */
  void writabilityChanged();

  /** The connection is gone. */
  void clientGone();

  /** Breaks the response off, so that the client knows; nothing if all of it is on its way. */
  void cut(EndReason reason);

  /**
   * The writer for the response's kind of body.
   *
   * @param done told once, when the response is over
   */
  static ResponseWriter of(
      Exit exit, Loop loop, EdgeResponse response, HttpLimits limits, Consumer<EndReason> done) {
    Body body = exit.withBody() ? response.body() : Body.EMPTY;
    if (body != response.body()) {
      release(response.body());
    }
    Delivery delivery = response.delivery();
    if (body instanceof LiveBody live) {
      return exit.live(live, delivery, limits, done);
    }
    if (body instanceof Body.Pulled pulled) {
      return new PulledWriter(exit, loop, pulled, delivery, limits, done);
    }
    if (body instanceof Body.Parts parts) {
      return new PartsWriter(exit, parts, delivery, limits, done);
    }
    return new BytesWriter(exit, (Body.Bytes) body, delivery, limits, done);
  }

  /** Gives back what a body holds that will not be sent. */
  static void release(Body body) {
    if (body instanceof LiveBody live) {
      live.abandon();
    } else if (body instanceof Body.Parts parts) {
      parts.onDone().run();
    } else if (body instanceof Body.Pulled pulled) {
      pulled.source().cancel();
    }
  }
}
