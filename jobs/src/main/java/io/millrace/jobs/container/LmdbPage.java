package io.millrace.jobs.container;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A branch or leaf page of a tree. Every field is checked before it is used. */
final class LmdbPage {
  private static final int BRANCH = 0x01;
  private static final int LEAF = 0x02;
  // All flags that tell the kind of a page; the others belong to its writing.
  private static final int TYPES = 0x6F;
  private static final int HEADER = 16;
  private static final int NODE_HEADER = 8;
  private static final int BIG_DATA = 0x01;
  private static final int SUB_OR_DUP_DATA = 0x06;
  private static final String LAYOUT = "a page of the index is damaged";

  private final long number;
  private final ByteBuffer bytes;
  private final int nodes;

  /**
   * A record's key and place.
   *
   * @param offset in the file
   */
  record Place(byte[] key, long offset, long length) {}

  LmdbPage(long number, byte[] page) throws DamagedException {
    this.number = number;
    this.bytes = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.getLong(0) != number) {
      throw new DamagedException("a page of the index lies where another should be");
    }
    int type = bytes.getShort(10) & TYPES;
    if (type != BRANCH && type != LEAF) {
      throw new DamagedException("a page of the index is of another kind");
    }
    int lower = unsigned(12);
    int upper = unsigned(14);
    // An upper end of 65536 does not fit 16 bits, but only a page without nodes has it, and none is
    // stored.
    if (lower <= HEADER || lower % 2 != 0 || lower > upper || upper > page.length) {
      throw new DamagedException(LAYOUT);
    }
    this.nodes = (lower - HEADER) / 2;
  }

  boolean isLeaf() {
    return (bytes.getShort(10) & LEAF) != 0;
  }

  int nodes() {
    return nodes;
  }

  /** The page that a branch's node points to. */
  long child(int index) throws DamagedException {
    int node = node(index);
    return low(node) | (long) unsigned(node + 4) << 32;
  }

  /** The place of the value of a leaf's node. */
  Place place(int index, LmdbMeta meta) throws DamagedException {
    int node = node(index);
    int flags = unsigned(node + 4);
    if ((flags & SUB_OR_DUP_DATA) != 0) {
      throw new DamagedException("keys with several values and named databases are not supported");
    }
    int keyStart = node + NODE_HEADER;
    int valueStart = keyStart + unsigned(node + 6);
    long length = low(node);
    boolean big = (flags & BIG_DATA) != 0;
    if (valueStart == keyStart || valueStart + (big ? Long.BYTES : length) > bytes.capacity()) {
      throw new DamagedException(LAYOUT);
    }
    long offset = number * bytes.capacity() + valueStart;
    if (big) {
      long page = bytes.getLong(valueStart);
      if (!meta.holds(page)) {
        throw new DamagedException("a record lies outside the file");
      }
      offset = page * bytes.capacity() + HEADER;
    }
    if (length > meta.fileBytes() - offset) {
      throw new DamagedException("a record lies outside the file");
    }
    return new Place(Arrays.copyOfRange(bytes.array(), keyStart, valueStart), offset, length);
  }

  private int node(int index) throws DamagedException {
    int node = unsigned(HEADER + 2 * index);
    if (node < unsigned(14) || node > bytes.capacity() - NODE_HEADER) {
      throw new DamagedException(LAYOUT);
    }
    return node;
  }

  private long low(int node) {
    return Integer.toUnsignedLong(bytes.getInt(node));
  }

  private int unsigned(int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }
}
