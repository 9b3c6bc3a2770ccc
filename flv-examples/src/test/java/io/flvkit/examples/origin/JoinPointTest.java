package io.flvkit.examples.origin;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.codec.FlvTag;
import io.flvkit.codec.TagType;
import io.flvkit.examples.Media;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class JoinPointTest {
  private final JoinPoint joinPoint = new JoinPoint();

  @Test
  void begins_with_the_newest_keyframe() {
    joinPoint.add(video("17 00 000000 01", 0));
    assertThat(joinPoint.add(video("17 01 000000 AA", 0))).isTrue();
    joinPoint.add(video("27 01 000000 BB", 40));

    assertThat(joinPoint.add(video("17 01 000000 CC", 80))).isTrue();
    assertThat(joinPoint.add(audio("AF 01 DD", 90))).isFalse();

    assertThat(joinPoint.group()).extracting(MediaTag::timestampMillis).containsExactly(80L, 90L);
    assertThat(joinPoint.prelude())
        .extracting(MediaTag::kind)
        .containsExactly(MediaTag.Kind.CONFIGURATION);
  }

  @Test
  void keeps_a_change_of_configuration_where_it_happened() {
    joinPoint.add(video("17 00 000000 01", 0));
    joinPoint.add(video("17 01 000000 AA", 0));
    MediaTag changed = video("17 00 000000 02", 40);
    joinPoint.add(changed);

    assertThat(joinPoint.prelude().get(0).saysTheSameAs(changed)).isFalse();
    assertThat(joinPoint.group()).contains(changed);

    joinPoint.add(video("17 01 000000 BB", 80));

    assertThat(joinPoint.prelude()).hasSize(1);
    assertThat(joinPoint.prelude().get(0).saysTheSameAs(changed)).isTrue();
    assertThat(joinPoint.group()).hasSize(1);
  }

  @Test
  void is_the_newest_tag_while_no_video_was_seen() {
    joinPoint.add(audio("AF 00 11", 0));
    joinPoint.add(audio("AF 01 AA", 0));
    assertThat(joinPoint.add(audio("AF 01 BB", 23))).isTrue();

    assertThat(joinPoint.group()).extracting(MediaTag::timestampMillis).containsExactly(23L);

    joinPoint.add(video("27 01 000000 CC", 40));

    assertThat(joinPoint.group()).isEmpty();
  }

  @Test
  void follows_the_first_video_track_of_several() {
    long groups =
        Media.tags(Media.file("multitrack_2v2a.flv")).stream()
            .map(MediaTag::copyOf)
            .filter(joinPoint::add)
            .count();

    assertThat(groups).isEqualTo(3);
    assertThat(joinPoint.group().iterator().next().timestampMillis()).isEqualTo(4_000);
  }

  @Test
  void forgets_a_group_that_has_no_end() {
    joinPoint.add(video("17 01 000000 AA", 0));
    MediaTag large =
        MediaTag.copyOf(
            FlvTag.of(TagType.VIDEO, 40, ByteBuffer.allocate(1 << 20).put(0, (byte) 0x27)));

    for (int count = 0; count < JoinPoint.GROUP_BYTES_MAX >> 20; count++) {
      joinPoint.add(large);
    }

    assertThat(joinPoint.group()).isEmpty();
    assertThat(joinPoint.add(video("17 01 000000 AA", 80))).isTrue();
  }

  private static MediaTag video(String hex, long millis) {
    return tag(TagType.VIDEO, hex, millis);
  }

  private static MediaTag audio(String hex, long millis) {
    return tag(TagType.AUDIO, hex, millis);
  }

  private static MediaTag tag(int type, String hex, long millis) {
    byte[] body = HexFormat.of().parseHex(hex.replace(" ", ""));
    return MediaTag.copyOf(FlvTag.of(type, millis, ByteBuffer.wrap(body)));
  }
}
