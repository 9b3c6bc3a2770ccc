package io.flvkit.vod;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The conditions of one request against one representation (RFC 9110, 13.1). */
record Preconditions(RangeRequest request, Representation representation, Instant now) {

  /** What the conditions decide in the order of RFC 9110, 13.2.2; null when they let it pass. */
  @Nullable RangePlan decide() {
    boolean unchanged =
        request.ifMatch() != null
            ? matches(request.ifMatch(), false)
            : !isModifiedSince(request.ifUnmodifiedSince(), false);
    if (!unchanged) {
      return new RangePlan.PreconditionFailed();
    }
    boolean changed =
        request.ifNoneMatch() != null
            ? !matches(request.ifNoneMatch(), true)
            : isModifiedSince(request.ifModifiedSince(), true);
    return changed ? null : new RangePlan.NotModified();
  }

  /** Whether a Range field counts: no If-Range, or one that names these very bytes (13.1.5). */
  boolean allowRange() {
    String ifRange = request.ifRange();
    if (ifRange == null) {
      return true;
    }
    EntityTag etag = representation.etag();
    Optional<EntityTag> asked = EntityTag.parse(ifRange);
    if (asked.isPresent()) {
      return etag != null && etag.matchesStrongly(asked.get());
    }
    Instant modified = representation.lastModified();
    return modified != null
        && HttpDate.parse(ifRange, now).filter(modified::equals).isPresent()
        && isStrong(modified);
  }

  private boolean matches(String fieldValue, boolean weakly) {
    if (fieldValue.strip().equals("*")) {
      return true;
    }
    EntityTag etag = representation.etag();
    return etag != null
        && EntityTag.parseList(fieldValue).stream()
            .anyMatch(asked -> weakly ? asked.matchesWeakly(etag) : asked.matchesStrongly(etag));
  }

  /** The answer when the field is absent, no date, or nothing is known to compare it with. */
  private boolean isModifiedSince(@Nullable String date, boolean unlessKnown) {
    Instant modified = representation.lastModified();
    if (date == null || modified == null) {
      return unlessKnown;
    }
    return HttpDate.parse(date, now).map(modified::isAfter).orElse(unlessKnown);
  }

  /**
   * A date is a strong validator when the file cannot have changed twice within its second: one
   * second has passed since (RFC 9110, 8.8.2.2).
   */
  private boolean isStrong(Instant modified) {
    return !now.isBefore(modified.plusSeconds(1));
  }
}
