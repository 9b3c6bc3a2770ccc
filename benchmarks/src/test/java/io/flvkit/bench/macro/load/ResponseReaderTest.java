package io.flvkit.bench.macro.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ResponseReaderTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

  private final Tally tally = new Tally();
  private final TagCheck check = new TagCheck(tally, false, 0);
  private final ResponseReader reader = new ResponseReader(check, tally);

  @Test
  void takes_chunks_apart_byte_by_byte() {
    String response = HEAD + "3\r\nFLV\r\n0000000A\r\n\1\5\0\0\0\t\0\0\0\0\r\n";

    for (byte next : response.getBytes(StandardCharsets.ISO_8859_1)) {
      assertThat(reader.accept(ByteBuffer.wrap(new byte[] {next}), 0)).isTrue();
    }

    assertThat(tally.broken).isZero();
  }

  @Test
  void refuses_another_status() {
    assertThat(accept("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")).isFalse();
    assertThat(tally.refused).isEqualTo(1);
  }

  @Test
  void leaves_at_the_last_chunk() {
    assertThat(accept(HEAD + "0\r\n\r\n")).isFalse();
  }

  @Test
  void refuses_a_body_that_is_not_flv() {
    assertThat(accept(HEAD + "9\r\n<!DOCTYPE\r\n")).isFalse();
    assertThat(tally.broken).isEqualTo(1);
  }

  private boolean accept(String response) {
    return reader.accept(ByteBuffer.wrap(response.getBytes(StandardCharsets.ISO_8859_1)), 0);
  }
}
