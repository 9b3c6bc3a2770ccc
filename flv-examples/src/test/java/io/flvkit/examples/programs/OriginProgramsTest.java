package io.flvkit.examples.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.codec.FlvLimits;
import io.flvkit.codec.FlvTag;
import io.flvkit.codec.ScriptData;
import io.flvkit.edge.Edge;
import io.flvkit.examples.Ffmpeg;
import io.flvkit.examples.Media;
import io.flvkit.examples.Viewing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Programs of others as the origin before which the edge stands. */
@Timeout(120)
class OriginProgramsTest {
  private static final Path PROGRAMS = Path.of("src/test/programs").toAbsolutePath();

  @BeforeAll
  static void requireFfmpeg() throws Exception {
    Ffmpeg.require();
  }

  @Test
  void a_modern_ffmpeg_that_listens_for_one_client_feeds_the_edge() throws Exception {
    int port = freePort();
    String url = "http://127.0.0.1:" + port + "/live/cam.flv";
    try (Ffmpeg origin =
            Ffmpeg.start(
                "-v",
                "error",
                "-re",
                "-stream_loop",
                "-1",
                "-i",
                Media.loop().toString(),
                "-c",
                "copy",
                "-f",
                "flv",
                "-listen",
                "1",
                url);
        Edge edge = LiveSite.edgeBefore("http://127.0.0.1:" + port + "/live/");
        Viewing viewing = open(LiveSite.uri(edge, "/live/cam.flv"))) {

      List<FlvTag> frames = frames(viewing, 50);

      assertThat(frames.get(0).isKeyFrame()).isTrue();
      assertThat(viewing.header().hasAudio()).isTrue();
      assertThat(origin.messages()).isEmpty();
    }
  }

  /** It sends its metadata as {@code @setDataFrame}, and no Content-Type. */
  @Test
  void node_media_server_feeds_the_edge_and_its_metadata_is_put_right() throws Exception {
    String node = OtherProgram.require("node");
    installed();
    int http = freePort();
    int rtmp = freePort();
    try (OtherProgram server =
            OtherProgram.start(
                node, PROGRAMS.resolve("media-server.cjs").toString(), "" + http, "" + rtmp);
        Publishing publisher = Publishing.start("rtmp://127.0.0.1:" + rtmp + "/live/cam");
        Edge edge = LiveSite.edgeBefore("http://127.0.0.1:" + http + "/live/");
        Viewing viewing = open(LiveSite.uri(edge, "/live/cam.flv"))) {

      FlvTag metadata = viewing.next();
      List<FlvTag> frames = frames(viewing, 50);

      assertThat(metadata.isScript()).as("first tag: %s", metadata).isTrue();
      assertThat(ScriptData.parse(metadata, FlvLimits.live()).isMetaData()).isTrue();
      byte[] name = new byte[13];
      metadata.body().get(name);
      assertThat(new String(name, StandardCharsets.ISO_8859_1)).endsWith("onMetaData");
      assertThat(frames.get(0).isKeyFrame()).isTrue();
      assertThat(server.said()).doesNotContain("Error");
      assertThat(publisher).isNotNull();
    }
  }

  private static void installed() throws IOException, InterruptedException {
    if (Files.isDirectory(PROGRAMS.resolve("node_modules/node-media-server"))) {
      return;
    }
    OtherProgram.Result result =
        OtherProgram.run(
            OtherProgram.require("npm"),
            "--prefix",
            PROGRAMS.toString(),
            "ci",
            "--no-audit",
            "--no-fund");
    if (result.status() != 0) {
      OtherProgram.missing("node-media-server cannot be installed: " + result.said());
    }
  }

  private static List<FlvTag> frames(Viewing viewing, int count) throws IOException {
    List<FlvTag> frames = new ArrayList<>();
    while (frames.size() < count) {
      frames.add(viewing.nextThat(tag -> tag.isVideo() && tag.isCodedMedia()));
    }
    return frames;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Opens the stream as soon as the origin has it: until then the edge says 502 or 404. */
  private static Viewing open(URI uri) throws IOException {
    long deadline = System.nanoTime() + 60_000_000_000L;
    Viewing viewing = Viewing.of(uri);
    while (viewing.status() != 200 && System.nanoTime() - deadline < 0) {
      viewing.close();
      viewing = Viewing.of(uri);
    }
    return viewing;
  }

  /** An ffmpeg that publishes, and tries again while the server is not up. */
  private static final class Publishing implements AutoCloseable {
    private final Ffmpeg ffmpeg;

    private Publishing(Ffmpeg ffmpeg) {
      this.ffmpeg = ffmpeg;
    }

    static Publishing start(String target) throws IOException, InterruptedException {
      awaitPort(URI.create(target.replace("rtmp:", "http:")).getPort());
      return new Publishing(
          Ffmpeg.start(
              "-v",
              "error",
              "-re",
              "-stream_loop",
              "-1",
              "-i",
              Media.loop().toString(),
              "-c",
              "copy",
              "-f",
              "flv",
              target));
    }

    private static void awaitPort(int port) throws IOException {
      long deadline = System.nanoTime() + 30_000_000_000L;
      while (true) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
          assertThat(socket.isConnected()).isTrue();
          return;
        } catch (IOException e) {
          if (System.nanoTime() - deadline > 0) {
            throw e;
          }
        }
      }
    }

    @Override
    public void close() throws IOException {
      ffmpeg.close();
    }
  }
}
