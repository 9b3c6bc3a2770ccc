package io.flvkit.examples.origin;

import io.flvkit.codec.FlvHeader;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * The body of one live response. What the socket does not take waits in the channel; a viewer whose
 * channel is no longer writable (16 MiB, set by {@code TestOrigin}) is closed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel
final class LiveViewer {
  private final Channel channel;
  private boolean headerSent;
  private boolean running;

  LiveViewer(Channel channel) {
    this.channel = channel;
  }

  /** Runs {@code action} on the event loop some time after the connection is gone. */
  void onLeave(Runnable action) {
    channel.closeFuture().addListener(closed -> channel.eventLoop().execute(action));
  }

  /** Starts with everything since the newest keyframe. */
  void start(JoinPoint joinPoint) {
    FlvHeader header = joinPoint.header();
    if (header == null) {
      return;
    }
    if (!headerSent) {
      write(MediaTag.fileHeader(header));
      headerSent = true;
    }
    running = true;
    joinPoint.prelude().forEach(this::goOn);
    joinPoint.group().forEach(this::goOn);
  }

  /** Sends a tag that begins a group: to one who waits, with all that he needs before it. */
  void startOrGoOn(JoinPoint joinPoint, MediaTag tag) {
    if (running) {
      goOn(tag);
    } else {
      start(joinPoint);
    }
  }

  /** Sends a tag, unless this viewer waits for a keyframe. */
  void goOn(MediaTag tag) {
    if (running) {
      write(tag.wire());
    }
  }

  /** Sends nothing from here to a later keyframe. */
  void pause() {
    running = false;
  }

  void flush() {
    channel.flush();
  }

  /** Sends the first half of a tag and closes the connection without an end of the body. */
  void cutWithin(MediaTag tag) {
    DefaultHttpContent half =
        new DefaultHttpContent(Unpooled.wrappedBuffer(tag.wire(), 0, tag.wire().length / 2));
    channel.writeAndFlush(half).addListener(ChannelFutureListener.CLOSE);
    running = false;
  }

  /** Ends the body as HTTP wants it, then closes. */
  void finish() {
    running = false;
    channel
        .writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
        .addListener(ChannelFutureListener.CLOSE);
  }

  private void write(byte[] bytes) {
    if (channel.isWritable()) {
      channel.write(new DefaultHttpContent(Unpooled.wrappedBuffer(bytes)), channel.voidPromise());
    } else {
      channel.close();
    }
  }
}
