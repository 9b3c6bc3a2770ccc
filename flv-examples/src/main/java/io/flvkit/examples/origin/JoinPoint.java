package io.flvkit.examples.origin;

import io.flvkit.codec.FlvHeader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a viewer who joins now has to get: header, metadata and configuration, then every tag since
 * the newest keyframe. A stream without video is joined at its newest tag.
 */
final class JoinPoint {
  /** A group of pictures beyond this is forgotten: viewers then wait for the next keyframe. */
  static final int GROUP_BYTES_MAX = 32 << 20;

  private final Map<MediaTag.Slot, MediaTag> newestConfiguration = new LinkedHashMap<>();
  private final List<MediaTag> configuration = new ArrayList<>();
  private final List<MediaTag> group = new ArrayList<>();
  private @Nullable FlvHeader header;
  private @Nullable MediaTag metadata;
  private int joinTrack = -1;
  private boolean videoSeen;
  private boolean open;
  private int groupBytes;

  void header(FlvHeader header) {
    this.header = header;
  }

  /** Takes note of a tag. True if it begins a group, so that those who wait can start with it. */
  boolean add(MediaTag tag) {
    if (tag.isVideo() && !videoSeen) {
      videoSeen = true;
      forgetGroup();
    }
    switch (tag.kind()) {
      case METADATA -> metadata = tag;
      case CONFIGURATION -> {
        newestConfiguration.put(tag.slot(), tag);
        extendGroup(tag);
      }
      default -> {
        if (startsGroup(tag)) {
          startGroup(tag);
        } else {
          extendGroup(tag);
        }
      }
    }
    return open && group.size() == 1;
  }

  /** Of several video tracks the first one seen decides, since their keyframes come together. */
  private boolean startsGroup(MediaTag tag) {
    if (tag.kind() == MediaTag.Kind.KEYFRAME) {
      if (joinTrack < 0) {
        joinTrack = tag.slot().track();
      }
      return tag.slot().track() == joinTrack;
    }
    return !videoSeen && tag.isMedia();
  }

  private void startGroup(MediaTag tag) {
    forgetGroup();
    configuration.clear();
    configuration.addAll(newestConfiguration.values());
    open = true;
    extendGroup(tag);
  }

  private void extendGroup(MediaTag tag) {
    if (!open) {
      return;
    }
    group.add(tag);
    groupBytes += tag.wire().length;
    if (groupBytes > GROUP_BYTES_MAX) {
      forgetGroup();
    }
  }

  private void forgetGroup() {
    group.clear();
    groupBytes = 0;
    open = false;
  }

  /** The header of the stream, null until its feed has sent one. */
  @Nullable FlvHeader header() {
    return header;
  }

  /** Metadata and the configuration at the start of the group, with timestamp 0. */
  List<MediaTag> prelude() {
    List<MediaTag> prelude = new ArrayList<>();
    if (metadata != null) {
      prelude.add(metadata.at(0));
    }
    configuration.forEach(tag -> prelude.add(tag.at(0)));
    return prelude;
  }

  /** The tags since the newest keyframe, that keyframe first; empty if viewers have to wait. */
  Collection<MediaTag> group() {
    return Collections.unmodifiableList(group);
  }
}
