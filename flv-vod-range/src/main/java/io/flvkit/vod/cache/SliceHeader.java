package io.flvkit.vod.cache;

import io.flvkit.vod.EntityTag;
import io.flvkit.vod.Representation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the data of a slice on disk, so that each file explains itself: which bytes of
 * which version they are, and their checksum.
 *
 * @param version of the file
 * @param freshness when the slice came
 * @param sliceBytes of the grid that it was cut by
 * @param index of the slice
 * @param dataBytes that follow the header
 * @param checksum CRC32C of the data
 */
record SliceHeader(
    FileVersion version,
    Freshness freshness,
    int sliceBytes,
    long index,
    int dataBytes,
    int checksum) {
  /** Size of a header: a page, so that data begin at the border of one. */
  static final int BYTES = 4096;

  private static final int MAGIC = 0x464c5653; // FLVS
  private static final int FORMAT = 1;
  private static final int CHECKED_FROM = 4;
  private static final int FACTS_MAX_BYTES = 256;

  /** Whether the version can be written down. */
  static boolean fits(FileVersion version) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      writeVersion(new DataOutputStream(bytes), version);
      return bytes.size() <= FileVersion.MAX_TEXT_BYTES + FACTS_MAX_BYTES;
    } catch (IOException tooLong) {
      return false;
    }
  }

  ByteBuffer toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(BYTES);
    try {
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeInt(0); // the checksum's place
      out.writeInt(MAGIC);
      out.writeInt(FORMAT);
      out.writeInt(sliceBytes);
      out.writeLong(index);
      out.writeInt(dataBytes);
      out.writeInt(checksum);
      writeVersion(out, version);
      out.writeLong(freshness.received().toEpochMilli());
      out.writeLong(freshness.ageThen().toSeconds());
      out.writeLong(freshness.lifetime().toSeconds());
      out.writeLong(freshness.staleWhileRevalidate().toSeconds());
      out.writeBoolean(freshness.neverStale());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not from memory
    }
    ByteBuffer page = ByteBuffer.allocate(BYTES).put(bytes.toByteArray()).clear();
    return page.putInt(0, crc(page));
  }

  /** Reads a page; null if it is no header, or not what was written. */
  static @Nullable SliceHeader read(ByteBuffer page) {
    if (page.remaining() != BYTES || page.getInt(0) != crc(page)) {
      return null;
    }
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytesOf(page)));
      in.readInt();
      if (in.readInt() != MAGIC || in.readInt() != FORMAT) {
        return null;
      }
      int sliceBytes = in.readInt();
      long index = in.readLong();
      int dataBytes = in.readInt();
      int checksum = in.readInt();
      FileVersion version = readVersion(in);
      Freshness freshness =
          new Freshness(
              Instant.ofEpochMilli(in.readLong()),
              Duration.ofSeconds(in.readLong()),
              Duration.ofSeconds(in.readLong()),
              Duration.ofSeconds(in.readLong()),
              in.readBoolean());
      return new SliceHeader(version, freshness, sliceBytes, index, dataBytes, checksum);
    } catch (IOException | IllegalArgumentException notOurs) {
      return null;
    }
  }

  private static byte[] bytesOf(ByteBuffer page) {
    byte[] bytes = new byte[page.remaining()];
    page.duplicate().get(bytes);
    return bytes;
  }

  private static int crc(ByteBuffer page) {
    CRC32C crc = new CRC32C();
    crc.update(page.slice(CHECKED_FROM, BYTES - CHECKED_FROM));
    return (int) crc.getValue();
  }

  private static void writeVersion(DataOutputStream out, FileVersion version) throws IOException {
    Representation representation = version.representation();
    EntityTag etag = representation.etag();
    Instant modified = representation.lastModified();
    out.writeUTF(version.key());
    out.writeLong(representation.length());
    out.writeUTF(etag == null ? "" : etag.toString());
    out.writeLong(modified == null ? Long.MIN_VALUE : modified.getEpochSecond());
    out.writeBoolean(version.whole());
    out.writeInt(version.fields().size());
    for (Map.Entry<String, String> field : version.fields().entrySet()) {
      out.writeUTF(field.getKey());
      out.writeUTF(field.getValue());
    }
  }

  private static FileVersion readVersion(DataInputStream in) throws IOException {
    String key = in.readUTF();
    long length = in.readLong();
    EntityTag etag = EntityTag.parse(in.readUTF()).orElse(null);
    long modified = in.readLong();
    boolean whole = in.readBoolean();
    int count = in.readInt();
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      fields.put(in.readUTF(), in.readUTF());
    }
    return new FileVersion(
        key,
        new Representation(
            length, etag, modified == Long.MIN_VALUE ? null : Instant.ofEpochSecond(modified)),
        whole,
        fields);
  }
}
