package io.flvkit.edge.vod;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.origin.OriginPull;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PassThroughBodyTest {
  private static final Duration STALL = Duration.ofSeconds(10);
  private static final int READ_BYTES = 64 * 1024;

  private final ManualLoop loop = new ManualLoop();
  private final Origin origin = new Origin();
  private final RecordingSink client = new RecordingSink();
  private final PassThroughBody body = new PassThroughBody(loop, origin, STALL);

  @Test
  void bytes_wait_for_the_client_to_ask() {
    body.start(client);
    receive("abc");

    assertThat(client.bytes.size()).isZero();

    body.more();

    assertThat(client.bytes).hasToString("abc");
  }

  @Test
  void pieces_of_one_read_go_on_as_one() {
    body.start(client);
    body.more();
    body.received(ByteBuffer.wrap("abc".getBytes(StandardCharsets.US_ASCII)));
    body.received(ByteBuffer.wrap("def".getBytes(StandardCharsets.US_ASCII)));

    loop.run();

    assertThat(client.bytes).hasToString("abcdef");
    assertThat(client.pieces).isEqualTo(1);
  }

  @Test
  void the_origin_waits_while_the_client_is_slow() {
    body.start(client);

    long held = 0;
    while (origin.reading) {
      receive(new byte[READ_BYTES]);
      held += READ_BYTES;
    }

    assertThat(held).isLessThan(PassThroughBody.HIGH_WATER_BYTES + READ_BYTES);

    for (int taken = 0; !origin.reading; taken++) {
      assertThat(taken).isLessThan(100);
      body.more();
    }

    assertThat(held - client.bytes.size()).isLessThanOrEqualTo(PassThroughBody.LOW_WATER_BYTES);
  }

  @Test
  void an_origin_that_cannot_be_held_back_is_given_up_at_the_limit() {
    body.start(client);

    for (int sent = 0; sent <= PassThroughBody.LIMIT_BYTES; sent += READ_BYTES) {
      receive(new byte[READ_BYTES]);
    }

    assertThat(origin.cancelled).isTrue();
  }

  @Test
  void the_end_comes_after_the_last_byte() {
    body.start(client);
    receive("abc");
    body.ended();

    assertThat(client.ended).isFalse();

    body.more();

    assertThat(client.bytes).hasToString("abc");
    assertThat(client.ended).isTrue();
    assertThat(loop.timers()).isZero();
  }

  @Test
  void a_body_that_was_complete_before_the_client_began_is_delivered() {
    receive("abc");
    body.ended();

    body.start(client);
    body.more();

    assertThat(client.bytes).hasToString("abc");
    assertThat(client.ended).isTrue();
  }

  @Test
  void an_origin_that_breaks_off_breaks_the_body_and_never_ends_it() {
    body.start(client);
    body.more();
    receive("abc");
    body.broken("reset");

    assertThat(client.bytes).hasToString("abc");
    assertThat(client.broken).isEqualTo("reset");
    assertThat(client.ended).isFalse();
    assertThat(loop.timers()).isZero();
  }

  @Test
  void an_origin_that_goes_quiet_breaks_the_body() {
    body.start(client);
    body.more();
    receive("abc");
    body.more();

    loop.advance(STALL.plusMillis(1));

    assertThat(client.broken).isNotNull();
    assertThat(origin.cancelled).isTrue();
  }

  @Test
  void an_origin_is_not_blamed_for_the_clients_pause() {
    body.start(client);
    while (origin.reading) {
      receive(new byte[READ_BYTES]);
    }

    loop.advance(STALL.multipliedBy(10));

    assertThat(client.broken).isNull();
    assertThat(origin.cancelled).isFalse();
  }

  @Test
  void a_client_that_leaves_closes_the_origins_connection() {
    body.start(client);
    receive("abc");

    body.cancel();
    receive("def");
    body.more();

    assertThat(origin.cancelled).isTrue();
    assertThat(client.bytes.size()).isZero();
    assertThat(loop.timers()).isZero();
  }

  private void receive(String text) {
    receive(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void receive(byte[] bytes) {
    body.received(ByteBuffer.wrap(bytes));
    loop.run();
  }

  private static final class Origin implements OriginPull {
    private boolean reading = true;
    private boolean cancelled;

    @Override
    public void cancel() {
      cancelled = true;
    }

    @Override
    public void read(boolean wanted) {
      reading = wanted;
    }
  }
}
