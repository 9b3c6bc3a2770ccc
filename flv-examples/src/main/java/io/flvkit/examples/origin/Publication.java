package io.flvkit.examples.origin;

import io.flvkit.codec.FlvHandler;
import io.flvkit.codec.FlvHeader;
import io.flvkit.codec.FlvParser;
import io.flvkit.codec.FlvTag;
import io.netty.buffer.ByteBuf;

/** Feeds a live stream from the body of a request. */
final class Publication {
  private final LiveStreams streams;
  private final String name;
  private final LiveStream stream;
  private final FlvParser parser;

  Publication(LiveStreams streams, String name, LiveStream stream) {
    this.streams = streams;
    this.name = name;
    this.stream = stream;
    this.parser = FlvParser.create(new Feed());
  }

  /**
   * Passes on the tags that these bytes complete. Throws FlvFormatException where they are no FLV.
   */
  void accept(ByteBuf bytes) {
    parser.parse(bytes.nioBuffer());
    stream.flush();
  }

  /** The publisher has gone, well or badly: the stream is over. */
  void end() {
    streams.close(name);
  }

  private final class Feed implements FlvHandler {
    @Override
    public void onHeader(FlvHeader header) {
      stream.header(header);
    }

    @Override
    public void onTag(FlvTag tag) {
      stream.publish(MediaTag.copyOf(tag));
    }
  }
}
