package io.flvkit.edge.vod;

import io.flvkit.codec.SeekPlan;
import io.flvkit.vod.ByteRange;
import io.flvkit.vod.EntityTag;
import io.flvkit.vod.Representation;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client sees as the file: the file itself, or a beginning of our own and the rest of it.
 *
 * @param representation length and validators of what the client sees
 * @param prelude what comes first
 * @param from the byte of the file that comes next
 */
record View(Representation representation, ByteBuffer prelude, long from) {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  static View ofWhole(Representation file) {
    return new View(file, NOTHING, 0);
  }

  /** The view from a key frame on, with a tag of its own. */
  static View of(SeekPlan plan, Representation file) {
    Representation seen = new Representation(plan.bytes(), etag(plan, file), file.lastModified());
    return new View(seen, plan.prelude(), plan.from());
  }

  private static @Nullable EntityTag etag(SeekPlan plan, Representation file) {
    String suffix = "-from-" + Long.toHexString(plan.from());
    EntityTag etag = file.etag();
    if (etag != null) {
      return new EntityTag(etag.opaque() + suffix, etag.weak());
    }
    Instant modified = file.lastModified();
    return modified == null
        ? null
        : new EntityTag(
            Long.toHexString(file.length())
                + '-'
                + Long.toHexString(modified.getEpochSecond())
                + suffix,
            true); // two versions of one second have the same date
  }

  /** The stretches that make up a range of what the client sees. */
  List<Segment> segments(ByteRange range) {
    List<Segment> segments = new ArrayList<>();
    int made = prelude.remaining();
    if (range.first() < made) {
      int first = (int) range.first();
      int end = (int) Math.min(range.last() + 1, made);
      segments.add(new Segment.Made(prelude.slice(prelude.position() + first, end - first)));
    }
    if (range.last() >= made) {
      long first = from + Math.max(range.first(), made) - made;
      segments.add(new Segment.OfFile(new ByteRange(first, from + range.last() - made)));
    }
    return segments;
  }
}
