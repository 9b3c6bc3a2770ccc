package io.flvkit.edge.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connections to origins whose last answer is complete, for the next request there. One for each
 * event loop, confined to it.
 */
final class IdleOrigins {
  /** Shorter than what origins wait themselves, nginx 75 s. */
  private static final int IDLE_SECONDS = 15;

  private static final int CONNECTIONS_MAX = 32;

  private final Map<Place, Deque<Waiting>> waiting = new HashMap<>();
  private int count;

  /** Whom a connection leads to, and on whose word that is believed. */
  record Place(boolean https, String host, int port, List<X509Certificate> authorities) {}

  /** The connection to that place that was used last, its own again; null: there is none. */
  @Nullable Channel take(Place place) {
    Deque<Waiting> there = waiting.get(place);
    Waiting newest = there == null ? null : there.peekLast();
    if (newest == null) {
      return null;
    }
    newest.leave();
    return newest.channel;
  }

  /** Keeps a connection on which nothing more is due; closes it if there are enough. */
  void keep(Place place, Channel channel) {
    if (count >= CONNECTIONS_MAX || !channel.isActive()) {
      channel.close();
      return;
    }
    Waiting kept = new Waiting(place, channel);
    waiting.computeIfAbsent(place, unknown -> new ArrayDeque<>()).add(kept);
    count++;
    channel.config().setAutoRead(true);
    channel.pipeline().addLast(kept);
  }

  /** Watches an idle connection: whatever happens to it but a request ends it. */
  private final class Waiting extends ChannelInboundHandlerAdapter {
    private final Place place;
    private final Channel channel;
    private final ScheduledFuture<?> deadline;
    private boolean left;

    Waiting(Place place, Channel channel) {
      this.place = place;
      this.channel = channel;
      this.deadline = channel.eventLoop().schedule(() -> drop(), IDLE_SECONDS, TimeUnit.SECONDS);
    }

    private void drop() {
      leave();
      channel.close();
    }

    void leave() {
      if (left) {
        return;
      }
      left = true;
      deadline.cancel(false);
      count--;
      Deque<Waiting> there = waiting.get(place);
      if (there != null && there.remove(this) && there.isEmpty()) {
        waiting.remove(place);
      }
      channel.pipeline().remove(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ReferenceCountUtil.release(message);
      drop(); // an answer that nobody asked for
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      drop();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      drop();
    }
  }
}
