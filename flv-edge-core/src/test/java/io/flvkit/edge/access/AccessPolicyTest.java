package io.flvkit.edge.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AccessPolicyTest {
  private static final AccessRequest REQUEST = Requests.from("203.0.113.7");
  private static final AccessVerdict DENIED = AccessVerdict.denied("b", "because");

  private final List<String> asked = new ArrayList<>();

  @Test
  void without_rules_everybody_may_read() {
    assertThat(AccessPolicy.OPEN.check(REQUEST).toCompletableFuture())
        .isCompletedWithValue(AccessVerdict.ALLOWED);
  }

  @Test
  void all_rules_must_allow_and_the_first_that_denies_ends_it() {
    AccessPolicy policy =
        AccessPolicy.of(
            rule("a", () -> now(AccessVerdict.ALLOWED)),
            rule("b", () -> now(DENIED)),
            rule("c", () -> now(AccessVerdict.ALLOWED)));

    assertThat(policy.check(REQUEST).toCompletableFuture()).isCompletedWithValue(DENIED);
    assertThat(asked).containsExactly("a", "b");
  }

  @Test
  void a_rule_may_answer_later_and_the_next_is_asked_then() {
    CompletableFuture<AccessVerdict> backend = new CompletableFuture<>();
    AccessPolicy policy = AccessPolicy.of(rule("a", () -> backend), rule("b", () -> now(DENIED)));

    CompletableFuture<AccessVerdict> verdict = policy.check(REQUEST).toCompletableFuture();
    assertThat(verdict).isNotDone();
    assertThat(asked).containsExactly("a");
    backend.complete(AccessVerdict.ALLOWED);

    assertThat(verdict).isCompletedWithValue(DENIED);
    assertThat(asked).containsExactly("a", "b");
  }

  @Test
  void a_rule_that_denies_later_ends_it_too() {
    CompletableFuture<AccessVerdict> backend = new CompletableFuture<>();
    AccessPolicy policy =
        AccessPolicy.of(rule("b", () -> backend), rule("c", () -> now(AccessVerdict.ALLOWED)));

    CompletableFuture<AccessVerdict> verdict = policy.check(REQUEST).toCompletableFuture();
    backend.complete(DENIED);

    assertThat(verdict).isCompletedWithValue(DENIED);
    assertThat(asked).containsExactly("b");
  }

  @Test
  void a_rule_that_fails_denies() {
    List<Supplier<CompletionStage<AccessVerdict>>> failures =
        List.of(
            () -> {
              throw new IllegalStateException("broken");
            },
            () -> CompletableFuture.failedFuture(new IllegalStateException("broken")),
            () -> CompletableFuture.supplyAsync(AccessPolicyTest::broken));

    assertThat(failures)
        .allSatisfy(
            failure ->
                assertThat(AccessPolicy.of(rule("a", failure)).check(REQUEST).toCompletableFuture())
                    .succeedsWithin(10, TimeUnit.SECONDS)
                    .isEqualTo(AccessVerdict.denied("a", "error")));
  }

  @Test
  void a_rule_that_never_answers_denies_after_its_time() {
    AccessPolicy policy =
        AccessPolicy.of(rule("a", CompletableFuture::new)).answerWithin(Duration.ofMillis(1));

    assertThat(policy.check(REQUEST).toCompletableFuture())
        .succeedsWithin(10, TimeUnit.SECONDS)
        .isEqualTo(AccessVerdict.denied("a", "timeout"));
  }

  @Test
  void the_caller_cannot_spoil_the_answer_of_others() {
    AccessPolicy.OPEN.check(REQUEST).toCompletableFuture().obtrudeValue(DENIED);

    assertThat(AccessPolicy.OPEN.check(REQUEST).toCompletableFuture())
        .isCompletedWithValue(AccessVerdict.ALLOWED);
  }

  @Test
  void its_secret_parameters_are_those_of_all_rules() {
    AccessRule secretive =
        new AccessRule() {
          @Override
          public String name() {
            return "own";
          }

          @Override
          public CompletionStage<AccessVerdict> check(AccessRequest request) {
            return now(AccessVerdict.ALLOWED);
          }

          @Override
          public Set<String> secretParameters() {
            return Set.of("ticket");
          }
        };

    assertThat(AccessPolicy.of(rule("a", () -> now(DENIED)), secretive).secretParameters())
        .containsExactly("ticket");
  }

  private AccessRule rule(String name, Supplier<CompletionStage<AccessVerdict>> answer) {
    return new AccessRule() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public CompletionStage<AccessVerdict> check(AccessRequest request) {
        asked.add(name);
        return answer.get();
      }
    };
  }

  private static AccessVerdict broken() {
    throw new IllegalStateException("broken");
  }

  private static CompletionStage<AccessVerdict> now(AccessVerdict verdict) {
    return CompletableFuture.completedFuture(verdict);
  }
}
