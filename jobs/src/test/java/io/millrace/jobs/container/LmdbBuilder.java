package io.millrace.jobs.container;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Writes small LMDB data files after the layout in LMDB's {@code mdb.c}. */
public final class LmdbBuilder {
  private static final int HEADER = 16;

  private final int pageSize;
  private final List<ByteBuffer> pages = new ArrayList<>();
  private int branches;
  private int leaves;
  private int depth = 1;

  private LmdbBuilder(int pageSize) {
    this.pageSize = pageSize;
  }

  private record Child(byte[] key, long page) {}

  /** A file of these records, values over a quarter of a page being kept on pages of their own. */
  public static byte[] of(int pageSize, SortedMap<String, byte[]> records) {
    return new LmdbBuilder(pageSize).build(records);
  }

  private byte[] build(SortedMap<String, byte[]> records) {
    page(0x08);
    page(0x08);
    List<Child> level = new ArrayList<>();
    ByteBuffer leaf = null;
    for (Map.Entry<String, byte[]> each : records.entrySet()) {
      byte[] key = each.getKey().getBytes(StandardCharsets.UTF_8);
      byte[] value = each.getValue();
      boolean big = value.length > pageSize / 4;
      byte[] kept = big ? longBytes(overflow(value)) : value;
      if (leaf == null || !fits(leaf, key, kept)) {
        leaf = page(0x02);
        leaves++;
        level.add(new Child(key, leaf.getLong(0)));
      }
      node(leaf, value.length, big ? 1 : 0, key, kept);
    }
    while (level.size() > 1) {
      level = above(level);
      depth++;
    }
    long root = level.isEmpty() ? -1 : level.get(0).page();
    meta(0, 1, -1, 0);
    meta(1, 2, root, records.size());
    ByteBuffer file = ByteBuffer.allocate(pages.size() * pageSize);
    pages.forEach(file::put);
    return file.array();
  }

  private List<Child> above(List<Child> level) {
    List<Child> upper = new ArrayList<>();
    ByteBuffer branch = null;
    for (Child child : level) {
      // The first key of a branch page is not kept: all keys before the second belong to it.
      boolean fits = branch != null && fits(branch, child.key(), new byte[0]);
      if (!fits) {
        branch = page(0x01);
        branches++;
        upper.add(new Child(child.key(), branch.getLong(0)));
      }
      node(branch, child.page(), 0, fits ? child.key() : new byte[0], new byte[0]);
    }
    return upper;
  }

  private ByteBuffer page(int flags) {
    ByteBuffer page = ByteBuffer.allocate(pageSize).order(ByteOrder.LITTLE_ENDIAN);
    page.putLong(0, pages.size()).putShort(10, (short) flags);
    page.putShort(12, (short) HEADER).putShort(14, (short) pageSize);
    pages.add(page);
    return page;
  }

  private long overflow(byte[] value) {
    int count = (HEADER + value.length + pageSize - 1) / pageSize;
    ByteBuffer all = ByteBuffer.allocate(count * pageSize).order(ByteOrder.LITTLE_ENDIAN);
    long number = pages.size();
    all.putLong(0, number).putShort(10, (short) 0x04).putInt(12, count).put(HEADER, value);
    for (int i = 0; i < count; i++) {
      byte[] page = new byte[pageSize];
      all.get(i * pageSize, page);
      pages.add(ByteBuffer.wrap(page));
    }
    return number;
  }

  private static boolean fits(ByteBuffer page, byte[] key, byte[] value) {
    int free = page.getShort(14) - page.getShort(12);
    return free >= 2 + even(8 + key.length + value.length);
  }

  private static int even(int size) {
    return size + size % 2;
  }

  private static void node(ByteBuffer page, long low, int flags, byte[] key, byte[] value) {
    int at = page.getShort(14) - even(8 + key.length + value.length);
    int lower = page.getShort(12);
    page.putShort(lower, (short) at).putShort(12, (short) (lower + 2)).putShort(14, (short) at);
    page.putInt(at, (int) low).putShort(at + 4, (short) flags);
    page.putShort(at + 6, (short) key.length);
    page.put(at + 8, key).put(at + 8 + key.length, value);
  }

  private void meta(int number, long transaction, long root, long entries) {
    ByteBuffer page = pages.get(number);
    page.putInt(16, 0xBEEFC0DE).putInt(20, 1).putLong(32, 1 << 30).putInt(40, pageSize);
    page.putLong(80, -1).putShort(94, (short) depth);
    page.putLong(96, branches).putLong(104, leaves).putLong(120, entries).putLong(128, root);
    page.putLong(136, pages.size() - 1L).putLong(144, transaction);
  }

  private static byte[] longBytes(long value) {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }
}
