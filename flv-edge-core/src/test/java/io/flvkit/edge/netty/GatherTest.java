package io.flvkit.edge.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.buffer.Cursor;
import io.flvkit.buffer.JoinAt;
import io.flvkit.buffer.ReadStatus;
import io.flvkit.buffer.SlidingWindow;
import io.flvkit.buffer.WindowLimits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.FileDescriptor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What one turn of a viewer puts on the wire. A pipe stands for the socket. */
@EnabledIf("isEpoll")
class GatherTest {
  private final SlidingWindow window =
      SlidingWindow.create(
          WindowLimits.of(1 << 20, 60_000), NettyMemory.allocator(new SegmentAccount()));
  private final Object viewer = new Object();
  private final Gather gather = Gather.ofLoop();
  private FileDescriptor[] pipe = {};

  static boolean isEpoll() {
    return Epoll.isAvailable();
  }

  @BeforeEach
  void open() throws IOException {
    pipe = FileDescriptor.pipe();
  }

  @AfterEach
  void close() throws IOException {
    gather.clear();
    window.close("over");
    window.discard();
    pipe[0].close();
    pipe[1].close();
  }

  private void add(Cursor cursor, String text) {
    ByteBuffer record = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    window.append(record, 0, 0, 0);
    window.publish();
    assertThat(cursor.next(100)).isEqualTo(ReadStatus.READY);
    int length = cursor.length();
    gather.add(viewer, cursor.segment(), cursor.offset(), length);
    cursor.advance(length);
  }

  private String arrived() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocateDirect(1000);
    int count = pipe[0].read(bytes, 0, 1000);
    byte[] text = new byte[count];
    bytes.get(0, text);
    return new String(text, StandardCharsets.US_ASCII);
  }

  @Test
  void sends_each_unit_as_a_chunk_by_one_call() throws IOException {
    Cursor cursor = window.cursor(JoinAt.HEAD);
    add(cursor, "first");
    add(cursor, "a second one, of more than fifteen bytes");

    long sent = gather.send(pipe[1], true);

    assertThat(sent).isEqualTo(gather.wireBytes());
    assertThat(arrived())
        .isEqualTo("5\r\nfirst\r\n28\r\na second one, of more than fifteen bytes\r\n");
  }

  @Test
  void sends_the_same_chunk_to_all_who_are_at_the_same_place() throws IOException {
    Cursor first = window.cursor(JoinAt.HEAD);
    Cursor second = window.cursor(JoinAt.HEAD);
    add(first, "first");
    for (int turn = 0; turn < 4; turn++) {
      gather.send(pipe[1], true);
      assertThat(gather.wireBytes()).isEqualTo(10);
      assertThat(arrived()).isEqualTo("5\r\nfirst\r\n");
      assertThat(restAfter(4, true)).isEqualTo("irst\r\n");
    }
    gather.clear();

    assertThat(second.next(100)).isEqualTo(ReadStatus.READY);
    second.advance(second.length());
    add(second, "other");
    gather.send(pipe[1], true);

    assertThat(arrived()).isEqualTo("5\r\nother\r\n");
  }

  @Test
  void sends_bare_units_where_there_are_no_chunks() throws IOException {
    Cursor cursor = window.cursor(JoinAt.HEAD);
    add(cursor, "first");
    add(cursor, "second");

    gather.send(pipe[1], false);

    assertThat(arrived()).isEqualTo("firstsecond");
  }

  @Test
  void hands_over_exactly_what_was_not_sent_wherever_the_cut_is() throws IOException {
    Cursor cursor = window.cursor(JoinAt.HEAD);
    add(cursor, "first");
    add(cursor, "a second one, of more than fifteen bytes");
    for (boolean chunked : new boolean[] {true, false}) {
      gather.send(pipe[1], chunked);
      String whole = arrived();

      for (int sent = 0; sent <= whole.length(); sent++) {
        assertThat(restAfter(sent, chunked)).isEqualTo(whole.substring(sent));
      }
    }
  }

  private String restAfter(int sent, boolean chunked) {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    gather.rest(
        sent,
        chunked,
        (ByteBuf piece) -> {
          byte[] bytes = new byte[piece.readableBytes()];
          piece.readBytes(bytes);
          rest.writeBytes(bytes);
          piece.release();
        });
    return rest.toString(StandardCharsets.US_ASCII);
  }

  @Test
  void drops_what_a_viewer_left_whose_turn_was_broken_off() {
    Cursor cursor = window.cursor(JoinAt.HEAD);
    add(cursor, "of the first viewer");
    Object next = new Object();

    assertThat(gather.holdsFor(viewer)).isTrue();
    assertThat(gather.holdsFor(next)).isFalse();
    Cursor other = window.cursor(JoinAt.HEAD);
    window.append(ByteBuffer.wrap(new byte[3]), 0, 0, 0);
    window.publish();
    assertThat(other.next(100)).isEqualTo(ReadStatus.READY);
    gather.add(next, other.segment(), other.offset(), other.length());

    assertThat(gather.holdsFor(viewer)).isFalse();
    assertThat(gather.holdsFor(next)).isTrue();
  }
}
