package io.flvkit.examples.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.codec.ByteSource;
import io.flvkit.codec.FlvIndexer;
import io.flvkit.codec.FlvLimits;
import io.flvkit.codec.FlvOutput;
import io.flvkit.codec.FlvPipeline;
import io.flvkit.codec.FlvReader;
import io.flvkit.codec.FlvStep;
import io.flvkit.codec.FlvSteps;
import io.flvkit.codec.SeekPlan;
import io.flvkit.examples.Media;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the codec filters, indexes and repairs plays in Chromium. */
class WrittenFilesTest {
  private static final int SHOWN_MILLIS = 2500;
  private static final int FRAMES_LEAST = 45;

  @AutoClose private static Browser browser;
  @AutoClose private static Site site;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    browser = Browser.chromium();
    byte[] clip = Files.readAllBytes(Media.loop());
    filter(Media.loop(), folder.resolve("sound.flv"), FlvSteps.audioOnly());
    filter(Media.loop(), folder.resolve("pictures.flv"), FlvSteps.videoOnly());
    filter(Media.file("multitrack_2v2a.flv"), folder.resolve("plain.flv"), FlvSteps.compatible());
    FlvIndexer indexer = FlvIndexer.strict(FlvLimits.defaults());
    index(clip, folder.resolve("indexed.flv"), indexer);
    seek(Files.readAllBytes(folder.resolve("indexed.flv")), 5000, folder.resolve("middle.flv"));
    FlvIndexer repairing = FlvIndexer.repairing(FlvLimits.defaults());
    index(damaged(clip), folder.resolve("repaired.flv"), repairing);
    site = Site.start(folder);
  }

  @Test
  void the_sound_of_a_file_plays() {
    Watched watched = watch("sound", 0);

    watched.playedSmoothly(SHOWN_MILLIS).hasSound(true);
    assertThat(watched.number("decodedFrames")).isZero();
  }

  @Test
  void the_pictures_of_a_file_play() {
    watch("pictures", 0).playedSmoothly(SHOWN_MILLIS).decodedFrames(FRAMES_LEAST).hasSound(false);
  }

  @Test
  void the_first_tracks_of_many_play() {
    watch("plain", 0).playedSmoothly(SHOWN_MILLIS).decodedFrames(FRAMES_LEAST).hasSound(true);
  }

  @Test
  void an_indexed_file_plays_and_seeks() {
    assertPlaysAndSeeks("indexed");
  }

  @Test
  void a_repaired_file_plays_and_seeks() {
    assertPlaysAndSeeks("repaired");
  }

  @Test
  void an_answer_from_the_middle_plays() {
    Watched watched = watch("middle", 0);

    watched.playedSmoothly(SHOWN_MILLIS).decodedFrames(FRAMES_LEAST).hasSound(true);
    assertThat(watched.number("durationMillis")).isLessThan(6000);
  }

  private static void assertPlaysAndSeeks(String name) {
    Watched watched = watch(name, 7);

    watched.playedSmoothly(SHOWN_MILLIS).decodedFrames(FRAMES_LEAST).hasSound(true);
    assertThat(watched.number("seekMillis")).isBetween(5500L, 8500L);
  }

  private static Watched watch(String name, int seekSeconds) {
    return browser.watch(
        Player.MPEGTS, site.at("/vod/" + name + ".flv"), false, SHOWN_MILLIS, seekSeconds);
  }

  private static void filter(Path from, Path to, FlvStep step) throws IOException {
    try (FlvReader reader = FlvReader.of(FileChannel.open(from), FlvLimits.defaults());
        FlvOutput output = FlvOutput.to(create(to))) {
      reader.transferTo(FlvPipeline.to(output, step));
    }
  }

  private static void index(byte[] stream, Path to, FlvIndexer indexer) throws IOException {
    try (FileChannel out = create(to)) {
      indexer.index(ByteSource.of(ByteBuffer.wrap(stream)), out);
    }
  }

  private static void seek(byte[] stream, long millis, Path to) throws IOException {
    ByteSource source = ByteSource.of(ByteBuffer.wrap(stream));
    SeekPlan plan = SeekPlan.byTime(source, millis, FlvLimits.defaults()).orElseThrow();
    try (FileChannel out = create(to)) {
      out.write(plan.prelude());
      out.write(ByteBuffer.wrap(stream, (int) plan.from(), (int) (plan.to() - plan.from())));
    }
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Garbage behind the first second, and a whole second start of the stream behind it. */
  private static byte[] damaged(byte[] clip) {
    int cut = (int) Media.tags(Media.loop()).get(80).position();
    ByteBuffer out = ByteBuffer.allocate(2 * clip.length + 1000);
    out.put(clip, 0, cut).put(new byte[777]).put(clip);
    return Arrays.copyOf(out.array(), out.position());
  }
}
