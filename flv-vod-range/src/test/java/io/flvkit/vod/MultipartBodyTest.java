package io.flvkit.vod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MultipartBodyTest {

  @Test
  void a_body_reads_like_the_example_of_the_rfc() {
    List<ByteRange> ranges = List.of(new ByteRange(0, 1), new ByteRange(7, 9));

    MultipartBody body = new MultipartBody(ranges, 10, "video/x-flv", "XYZ");

    assertThat(body.multipartType()).isEqualTo("multipart/byteranges; boundary=XYZ");
    assertThat(render(body, "0123456789"))
        .isEqualTo(
            """
            --XYZ
            Content-Type: video/x-flv
            Content-Range: bytes 0-1/10

            01
            --XYZ
            Content-Type: video/x-flv
            Content-Range: bytes 7-9/10

            789
            --XYZ--
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void the_longest_framing_still_fits_in_a_long() {
    List<ByteRange> ranges =
        List.of(
            new ByteRange(0, Long.MAX_VALUE - (1 << 14) - 3),
            new ByteRange(Long.MAX_VALUE - 3, Long.MAX_VALUE - 2));

    MultipartBody body = new MultipartBody(ranges, Long.MAX_VALUE, "t".repeat(255), "b".repeat(70));

    assertThat(body.bytes()).isGreaterThan(Long.MAX_VALUE - (1 << 14));
  }

  @Test
  void what_would_break_out_of_the_framing_is_refused() {
    List<ByteRange> ranges = List.of(new ByteRange(0, 1));

    assertThatThrownBy(() -> new MultipartBody(ranges, 10, "a/b\r\nx: y", "XYZ"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MultipartBody(ranges, 10, "a/b", "X\r\nY"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MultipartBody(List.of(), 10, "a/b", "XYZ"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  static String render(MultipartBody body, String file) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int index = 0; index < body.ranges().size(); index++) {
      ByteRange range = body.ranges().get(index);
      out.writeBytes(body.partHead(index));
      String bytes = file.substring((int) range.first(), (int) range.last() + 1);
      out.writeBytes(bytes.getBytes(StandardCharsets.US_ASCII));
    }
    out.writeBytes(body.end());
    return out.toString(StandardCharsets.US_ASCII);
  }
}
