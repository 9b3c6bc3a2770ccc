package io.flvkit.codec;

import io.flvkit.codec.FlvProblem.Kind;
import io.flvkit.codec.config.DecoderConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Which tracks and codecs a stream has, and whether each can be decoded from its beginning. */
final class TrackLog {
  private static final long MAX_OFFSET_MILLIS = 2000;
  private static final int MAX_CODECS = 1024;
  private static final int MIN_FROZEN_TAGS = 10;

  private final Consumer<FlvProblem> problems;
  private final Map<Integer, Track> tracks = new HashMap<>();
  private final List<FlvReport.Codec> codecs = new ArrayList<>();

  TrackLog(Consumer<FlvProblem> problems) {
    this.problems = problems;
  }

  private static final class Track {
    final boolean isVideo;
    String codec = "";
    final Set<String> configured = new HashSet<>();
    final Set<String> reported = new HashSet<>();
    boolean begun;
    long first;
    long coded;
    boolean moved;
    long firstPosition;

    Track(boolean isVideo) {
      this.isVideo = isVideo;
    }
  }

  void add(FlvTag tag) {
    switch (tag.kind()) {
      case SEQUENCE_START, CODED_FRAMES -> {
        for (TrackPacket packet : tag.tracks()) {
          addPacket(tag, packet);
        }
      }
      case UNKNOWN -> {
        String what = "a header that is cut short or of a reserved type";
        problems.accept(FlvProblem.error(Kind.MEDIA_HEADER, tag.position(), what));
      }
      case EMPTY -> {
        if (tag.isVideo()) {
          problems.accept(FlvProblem.warning(Kind.MEDIA_HEADER, tag.position(), "empty video tag"));
        }
      }
      default -> {}
    }
  }

  private void addPacket(FlvTag tag, TrackPacket packet) {
    Track track =
        tracks.computeIfAbsent(tag.type() << 8 | packet.trackId(), key -> new Track(tag.isVideo()));
    String name = tag.isEnhanced() ? CodecNames.ofFourCc(packet.codec()) : CodecNames.of(tag);
    if (!name.equals(track.codec)) {
      changeCodec(tag, packet, track, name);
    }
    if (tag.isSequenceHeader()) {
      if (CodecNames.needsConfiguration(name)) {
        track.configured.add(name);
      }
      addConfig(tag, packet, name);
    } else {
      addCoded(tag, packet, track, name);
    }
  }

  private void changeCodec(FlvTag tag, TrackPacket packet, Track track, String name) {
    if (!track.codec.isEmpty()) {
      String what = id(tag, packet) + " changes from " + track.codec + " to " + name;
      problems.accept(
          tag.isSequenceHeader() || !CodecNames.needsConfiguration(name)
              ? FlvProblem.warning(Kind.CODEC_CHANGE, tag.position(), what)
              : FlvProblem.error(Kind.CODEC_CHANGE, tag.position(), what + " unannounced"));
    }
    track.codec = name;
    boolean known =
        codecs.stream().anyMatch(codec -> isOf(codec, tag, packet) && codec.name().equals(name));
    if (!known && codecs.size() < MAX_CODECS) {
      codecs.add(new FlvReport.Codec(tag.isVideo(), packet.trackId(), name, Optional.empty()));
    }
  }

  private void addConfig(FlvTag tag, TrackPacket packet, String name) {
    for (int i = 0; i < codecs.size(); i++) {
      FlvReport.Codec codec = codecs.get(i);
      if (isOf(codec, tag, packet) && codec.name().equals(name) && codec.config().isEmpty()) {
        Optional<DecoderConfig> config =
            tag.isFiltered() ? Optional.empty() : config(tag, packet, name);
        codecs.set(i, new FlvReport.Codec(tag.isVideo(), packet.trackId(), name, config));
      }
    }
  }

  private static Optional<DecoderConfig> config(FlvTag tag, TrackPacket packet, String name) {
    return DecoderConfig.parse(
        name,
        tag.body().slice(tag.body().position() + packet.payloadOffset(), packet.payloadBytes()));
  }

  private void addCoded(FlvTag tag, TrackPacket packet, Track track, String name) {
    if (!track.begun) {
      track.begun = true;
      track.first = tag.timestampMillis();
      track.firstPosition = tag.position();
      if (track.isVideo && !tag.isKeyFrame()) {
        String what = id(tag, packet) + " does not begin with a key frame";
        problems.accept(FlvProblem.warning(Kind.FIRST_FRAME, tag.position(), what));
      }
      checkOffset(tag, packet, track);
    }
    track.coded++;
    track.moved |= tag.timestampMillis() != track.first;
    if (CodecNames.needsConfiguration(name)
        && !track.configured.contains(name)
        && track.reported.add(name)) {
      String what = id(tag, packet) + " has " + name + " before its sequence header";
      problems.accept(FlvProblem.error(Kind.MISSING_CONFIGURATION, tag.position(), what));
    }
  }

  private void checkOffset(FlvTag tag, TrackPacket packet, Track track) {
    for (Track earlier : tracks.values()) {
      long offset = track.first - earlier.first;
      if (earlier.begun && earlier.coded > 0 && Math.abs(offset) >= MAX_OFFSET_MILLIS) {
        String what = id(tag, packet) + " begins " + offset + " ms away from another track";
        problems.accept(FlvProblem.warning(Kind.TRACK_OFFSET, tag.position(), what));
        return;
      }
    }
  }

  /** Compares the header flags with the tracks that there were. */
  void checkFlags(FlvHeader header) {
    boolean audio = tracks.values().stream().anyMatch(track -> !track.isVideo);
    boolean video = tracks.values().stream().anyMatch(track -> track.isVideo);
    if (!tracks.isEmpty() && (audio != header.hasAudio() || video != header.hasVideo())) {
      String what = "flags " + header.flags() + ", but audio " + audio + ", video " + video;
      problems.accept(FlvProblem.warning(Kind.FLAGS, 4, what));
    }
  }

  /** What can be said only at the end. */
  void end() {
    for (Track track : tracks.values()) {
      if (track.coded >= MIN_FROZEN_TAGS && !track.moved) {
        String what = (track.isVideo ? "video" : "audio") + " stays at " + track.first + " ms";
        problems.accept(FlvProblem.error(Kind.TIMESTAMP_FROZEN, track.firstPosition, what));
      }
    }
  }

  List<FlvReport.Codec> codecs() {
    return List.copyOf(codecs);
  }

  private static boolean isOf(FlvReport.Codec codec, FlvTag tag, TrackPacket packet) {
    return codec.isVideo() == tag.isVideo() && codec.trackId() == packet.trackId();
  }

  private static String id(FlvTag tag, TrackPacket packet) {
    return (tag.isVideo() ? "video " : "audio ") + packet.trackId();
  }
}
