package io.flvkit.token.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyTest {
  @Test
  void a_wiped_key_holds_nothing() {
    byte[] secret = {1, 2, 3};
    Key key = new Key("k", secret, false);

    key.wipe();

    assertThat(key.isWiped()).isTrue();
    assertThat(secret).containsOnly(0);
  }

  @Test
  void what_a_thread_hashed_is_forgotten_by_the_next_link() {
    Workspace.begin().add(new byte[] {1, 2, 3});

    assertThat(Workspace.begin().input()).containsOnly(0);
  }

  @Test
  void what_a_thread_hashed_is_forgotten() {
    Workspace workspace = Workspace.begin();
    workspace.add(new byte[] {1, 2, 3});

    workspace.wipe();

    assertThat(workspace.input()).containsOnly(0);
    assertThat(workspace.count()).isZero();
  }
}
