package io.flvkit.edge.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LiveServiceTest {
  private final LiveStage stage = LiveStage.withOrigins(1);

  @Test
  void a_service_that_closes_gives_back_what_the_viewers_of_ended_streams_have_not_taken() {
    ViewerProbe viewer = stage.start(FlvScript.opening().key(0).inter(40));
    viewer.getsStuck();
    stage.send(new FlvScript().inter(80));
    stage.send(new FlvScript().inter(120));
    stage.origins.last().ends();
    stage.origins.last().answers(404, "text/plain", "over");
    stage.loop.runReady();
    assertThat(stage.service.streamCount()).isZero();
    assertThat(viewer.end()).as("it still has to take the rest").isEmpty();
    assertThat(stage.memory.bytes()).isPositive();

    stage.service.close();
    stage.pass(Duration.ofMillis(1));

    assertThat(viewer.end()).isEqualTo("reset:drain");
    assertThat(stage.memory.bytes()).isZero();
  }
}
