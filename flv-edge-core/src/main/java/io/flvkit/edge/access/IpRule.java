package io.flvkit.edge.access;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Allows or denies by the client's address. Denies with reason {@code address}.
 *
 * @param byDefault what happens to addresses in none of the blocks
 * @param except the blocks to which the opposite happens
 */
public record IpRule(DefaultAction byDefault, List<AddressBlock> except) implements AccessRule {
  public IpRule {
    except = List.copyOf(except);
  }

  @Override
  public String name() {
    return "ip";
  }

  @Override
  public CompletionStage<AccessVerdict> check(AccessRequest request) {
    boolean isException = except.stream().anyMatch(block -> block.contains(request.client()));
    return Answers.allowedIf(byDefault.allows(isException), name(), "address");
  }
}
