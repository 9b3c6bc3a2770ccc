package io.flvkit.edge.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccessEntryTest {

  @Test
  void a_line_has_the_fields_of_the_manual_in_their_order() {
    assertThat(Entries.of("r1", "/live/a.flv", "ffplay").toJson())
        .isEqualTo(
            "{\"time\":\"2026-11-22T12:00:00Z\",\"event\":\"end\",\"id\":\"r1\","
                + "\"service\":\"live\",\"stream\":\"/live/a.flv\",\"path\":\"/live/a.flv\","
                + "\"query\":null,\"ip\":\"203.0.113.7\",\"country\":null,\"method\":\"GET\","
                + "\"status\":200,\"protocol\":\"h1\",\"bytes\":1024,\"durationMillis\":60000,"
                + "\"startupMillis\":40,\"jumps\":2,\"cacheStatus\":\"HIT\","
                + "\"origin\":\"http://127.0.0.1:9000/live/\",\"reason\":\"client-gone\","
                + "\"rule\":null,\"referer\":null,\"userAgent\":\"ffplay\"}");
  }

  @Test
  void what_a_client_sends_cannot_begin_another_line() {
    String json = Entries.of("r1", "/a", "x\r\n{\"forged\":1}\u0000\u001b[31m\u2028").toJson();

    assertThat(json.chars()).allMatch(c -> c >= ' ' && c != 0x7f && c != 0x2028);
    assertThat(json).contains("x\\r\\n{\\\"forged\\\":1}\\u0000\\u001b[31m\\u2028");
  }

  @Test
  void what_a_client_sends_is_bounded() {
    AccessEntry entry = Entries.of("r1", "/" + "p".repeat(9000), "u".repeat(30_000));

    assertThat(entry.path()).hasSize(AccessEntry.MAX_CHARS);
    assertThat(entry.userAgent()).hasSize(AccessEntry.MAX_CHARS);
  }
}
