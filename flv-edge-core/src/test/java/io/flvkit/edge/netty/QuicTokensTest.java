package io.flvkit.edge.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuicTokensTest {
  private static final byte[] KEY = new byte[32];
  private static final byte[] ID = {1, 2, 3, 4, 5, 6, 7, 8};
  private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.1", 4_433);

  private final AtomicLong clock = new AtomicLong(1_000);
  private final AtomicInteger refused = new AtomicInteger();
  private final QuicTokens tokens = new QuicTokens(KEY, clock::get, refused::incrementAndGet);

  private ByteBuf token() {
    ByteBuf token = Unpooled.buffer(tokens.maxTokenLength());
    assertThat(tokens.writeToken(token, Unpooled.wrappedBuffer(ID), CLIENT)).isTrue();
    return token;
  }

  @Test
  void a_token_is_taken_from_the_address_that_it_was_sent_to() {
    ByteBuf token = token();

    int id = tokens.validateToken(token, CLIENT);

    assertThat(token.slice(id, token.readableBytes() - id)).isEqualTo(Unpooled.wrappedBuffer(ID));
    assertThat(refused).hasValue(0);
  }

  @Test
  void sockets_with_the_same_key_take_each_others_tokens() {
    QuicTokens other = new QuicTokens(KEY.clone(), clock::get, refused::incrementAndGet);

    assertThat(other.validateToken(token(), CLIENT)).isPositive();
  }

  @Test
  void a_token_of_another_address_or_port_is_refused() {
    assertRefused(token(), new InetSocketAddress("192.0.2.2", 4_433));
    assertRefused(token(), new InetSocketAddress("192.0.2.1", 4_434));
  }

  @Test
  void a_token_is_refused_when_its_time_is_over() {
    ByteBuf token = token();

    clock.addAndGet(QuicTokens.LIFE_NANOS);
    assertThat(tokens.validateToken(token, CLIENT)).isPositive();
    clock.incrementAndGet();

    assertRefused(token, CLIENT);
  }

  @Test
  void a_token_of_a_time_to_come_is_refused() {
    ByteBuf token = token();

    clock.decrementAndGet();

    assertRefused(token, CLIENT);
  }

  @Test
  void a_token_with_any_bit_changed_is_refused() {
    ByteBuf token = token();

    for (int bit = 0; bit < 8 * token.readableBytes(); bit++) {
      ByteBuf changed = token.copy();
      changed.setByte(bit / 8, changed.getByte(bit / 8) ^ (1 << (bit % 8)));
      assertRefused(changed, CLIENT);
    }
  }

  @Test
  void a_token_of_another_key_is_refused() {
    byte[] otherKey = new byte[32];
    otherKey[0] = 1;

    ByteBuf token = token();

    assertThat(new QuicTokens(otherKey, clock::get, () -> {}).validateToken(token, CLIENT))
        .isEqualTo(-1);
  }

  @Test
  void a_token_of_any_other_length_is_refused() {
    ByteBuf token = token();

    for (int length = 0; length < token.readableBytes(); length++) {
      assertRefused(token.slice(0, length), CLIENT);
    }
    assertRefused(Unpooled.wrappedBuffer(token, Unpooled.buffer().writeZero(20)), CLIENT);
  }

  private void assertRefused(ByteBuf token, InetSocketAddress client) {
    int before = refused.get();

    assertThat(tokens.validateToken(token, client)).isEqualTo(-1);

    assertThat(refused).hasValue(before + 1);
  }
}
