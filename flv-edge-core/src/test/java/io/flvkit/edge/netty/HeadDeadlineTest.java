package io.flvkit.edge.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.netty.HeadDeadline.Expired;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeadDeadlineTest {
  private static final HttpLimits LIMITS =
      new HttpLimits(
          8 << 10, Duration.ofSeconds(10), Duration.ofSeconds(75), Duration.ofMinutes(1), 1 << 16);

  private final HeadDeadline deadline = new HeadDeadline(LIMITS);
  private final List<Object> events = new ArrayList<>();
  private final EmbeddedChannel channel = channel();

  private EmbeddedChannel channel() {
    EmbeddedChannel made =
        new EmbeddedChannel(
            deadline,
            new ChannelInboundHandlerAdapter() {
              @Override
              public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                events.add(event);
              }
            });
    made.freezeTime();
    return made;
  }

  @Test
  void a_first_head_that_does_not_come_expires() {
    passSeconds(9);
    assertThat(events).isEmpty();

    passSeconds(2);
    assertThat(events).containsExactly(Expired.IN_HEAD);
  }

  @Test
  void a_trickle_does_not_extend_the_time() {
    for (int i = 0; i < 11; i++) {
      channel.writeInbound("x");
      passSeconds(1);
    }

    assertThat(events).containsExactly(Expired.IN_HEAD);
  }

  @Test
  void nothing_expires_while_an_answer_runs() {
    deadline.headComplete();
    channel.writeInbound("of a pipelined request");
    passSeconds(1_000);

    assertThat(events).isEmpty();
  }

  @Test
  void an_idle_connection_has_its_time_from_the_last_answer_on() {
    deadline.headComplete();
    passSeconds(9);
    deadline.awaitNext(context());
    passSeconds(74);
    assertThat(events).isEmpty();

    passSeconds(2);
    assertThat(events).containsExactly(Expired.BETWEEN_REQUESTS);
  }

  @Test
  void a_head_begun_after_a_pause_has_the_time_of_a_head() {
    deadline.headComplete();
    deadline.awaitNext(context());
    passSeconds(30);
    channel.writeInbound("G");
    passSeconds(9);
    assertThat(events).isEmpty();

    passSeconds(2);
    assertThat(events).containsExactly(Expired.IN_HEAD);
  }

  @Test
  void a_busy_connection_never_expires() {
    for (int i = 0; i < 200; i++) {
      channel.writeInbound("GET");
      deadline.headComplete();
      deadline.awaitNext(context());
      passSeconds(9);
    }

    assertThat(events).isEmpty();
  }

  @Test
  void nothing_expires_after_the_end_of_the_connection() {
    channel.close();
    passSeconds(1_000);

    assertThat(events).isEmpty();
  }

  private ChannelHandlerContext context() {
    return channel.pipeline().context(deadline);
  }

  private void passSeconds(long seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
  }
}
