package io.flvkit.vod.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/** A disk on which one call goes wrong, counted from the first. */
final class FaultyDisk implements CacheDisk {
  /** How a call goes wrong. */
  enum Fault {
    /** It fails and has no effect. */
    FAILS,
    /** A write fails in the middle; other calls fail. */
    SHORT,
    /** The process dies before the call; a write has come half way. */
    KILLED
  }

  /** The process is dead: nothing it would do now happens. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final CacheDisk disk;
  private final Fault fault;
  private final int at;
  private int calls;
  private boolean dead;

  FaultyDisk(CacheDisk disk, Fault fault, int at) {
    this.disk = disk;
    this.fault = fault;
    this.at = at;
  }

  /** Whether the call came. */
  boolean struck() {
    return calls >= at;
  }

  private boolean strikes() throws IOException {
    if (dead) {
      throw new Killed();
    }
    calls++;
    if (calls != at) {
      return false;
    }
    dead = fault == Fault.KILLED;
    return true;
  }

  private void failIfStruck() throws IOException {
    if (strikes()) {
      fail();
    }
  }

  private void fail() throws IOException {
    if (dead) {
      throw new Killed();
    }
    throw new IOException("call " + at + " fails");
  }

  @Override
  public List<String> names() throws IOException {
    failIfStruck();
    return disk.names();
  }

  @Override
  public void write(String name, List<ByteBuffer> content) throws IOException {
    if (strikes()) {
      if (fault != Fault.FAILS) {
        disk.write(name, firstHalf(content));
      }
      fail();
    }
    disk.write(name, content);
  }

  private static List<ByteBuffer> firstHalf(List<ByteBuffer> content) {
    int left = content.stream().mapToInt(ByteBuffer::remaining).sum() / 2;
    List<ByteBuffer> half = new ArrayList<>();
    for (ByteBuffer piece : content) {
      int count = Math.min(left, piece.remaining());
      half.add(piece.slice(piece.position(), count));
      left -= count;
    }
    return half;
  }

  @Override
  public void rename(String from, String to) throws IOException {
    failIfStruck();
    disk.rename(from, to);
  }

  @Override
  public void delete(String name) throws IOException {
    failIfStruck();
    disk.delete(name);
  }

  @Override
  public FileChannel open(String name) throws IOException {
    failIfStruck();
    return disk.open(name);
  }

  @Override
  public Object stamp(String name) throws IOException {
    failIfStruck();
    return disk.stamp(name);
  }

  @Override
  public void close() {
    disk.close();
  }
}
