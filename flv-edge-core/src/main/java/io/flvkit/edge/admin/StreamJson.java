package io.flvkit.edge.admin;

import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.Protocol;
import io.flvkit.edge.json.JsonWriter;
import io.flvkit.edge.live.StreamInfo;
import java.util.List;

/** Streams in the words of the admin API. */
final class StreamJson {
  private StreamJson() {}

  static EdgeResponse list(List<StreamInfo> streams) {
    JsonWriter json = new JsonWriter().beginObject().name("streams").beginArray();
    streams.forEach(stream -> write(json, stream));
    return EdgeResponse.json(200, json.endArray().endObject().toString());
  }

  static EdgeResponse one(StreamInfo stream) {
    JsonWriter json = new JsonWriter();
    write(json, stream);
    return EdgeResponse.json(200, json.toString());
  }

  private static int viewers(StreamInfo stream, Protocol protocol) {
    return stream.viewersByProtocol().getOrDefault(protocol, 0);
  }

  private static void write(JsonWriter json, StreamInfo stream) {
    json.beginObject()
        .field("path", stream.path())
        .field("state", stream.state().label())
        .field("origin", stream.origin())
        .field("viewers", stream.viewers())
        .name("renditions")
        .beginObject()
        .field("full", stream.fullViewers())
        .field("audio", stream.audioViewers())
        .field("video", stream.videoViewers())
        .endObject()
        .name("protocols")
        .beginObject()
        .field("h1", viewers(stream, Protocol.H1))
        .field("h2", viewers(stream, Protocol.H2))
        .field("h3", viewers(stream, Protocol.H3))
        .field("ws", viewers(stream, Protocol.WS))
        .endObject()
        .name("codecs")
        .beginArray();
    stream.codecs().forEach(json::value);
    json.endArray()
        .field("bitrateBps", stream.bitrateBps())
        .field("fps", stream.fps())
        .field("gopSeconds", stream.gopSeconds())
        .field("windowSeconds", stream.windowSeconds())
        .field("windowBytes", stream.windowBytes())
        .field("failovers", stream.failovers())
        .field("jumps", stream.jumps())
        .field("startedAt", stream.startedAt().toString())
        .endObject();
  }
}
