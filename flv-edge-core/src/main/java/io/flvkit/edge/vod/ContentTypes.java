package io.flvkit.edge.vod;

import java.util.Locale;
import java.util.Map;

/** Media types by the extension of a file's name. */
final class ContentTypes {
  private static final String DEFAULT = "application/octet-stream";

  private static final Map<String, String> BY_EXTENSION =
      Map.ofEntries(
          Map.entry("flv", "video/x-flv"),
          Map.entry("mp4", "video/mp4"),
          Map.entry("m4v", "video/mp4"),
          Map.entry("m4a", "audio/mp4"),
          Map.entry("m4s", "video/iso.segment"),
          Map.entry("mpd", "application/dash+xml"),
          Map.entry("m3u8", "application/vnd.apple.mpegurl"),
          Map.entry("ts", "video/mp2t"),
          Map.entry("webm", "video/webm"),
          Map.entry("mkv", "video/x-matroska"),
          Map.entry("mp3", "audio/mpeg"),
          Map.entry("aac", "audio/aac"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("png", "image/png"),
          Map.entry("webp", "image/webp"),
          Map.entry("vtt", "text/vtt"),
          Map.entry("json", "application/json"),
          Map.entry("txt", "text/plain; charset=utf-8"));

  private ContentTypes() {}

  /** The type of a file of this name; {@code application/octet-stream} when nothing is known. */
  static String of(String fileName) {
    String extension = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return BY_EXTENSION.getOrDefault(extension, DEFAULT);
  }
}
