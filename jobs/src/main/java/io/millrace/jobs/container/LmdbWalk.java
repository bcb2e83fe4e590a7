package io.millrace.jobs.container;

import io.millrace.jobs.files.ReadAt;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;

/** One walk over the main database's tree, from its root to its leaves, in key order. */
final class LmdbWalk {
  // LMDB's own limit, CURSOR_STACK: it makes no deeper tree.
  private static final int DEEPEST = 32;
  // MDB_REVERSEKEY and MDB_INTEGERKEY: keys in another order than that of their bytes.
  private static final int OTHER_ORDER = 0x0A;

  private final ReadAt file;
  private final LmdbMeta meta;
  private final LmdbFile.Visitor visitor;
  private final BitSet visited = new BitSet();
  private byte[] previousKey = {};
  private long found;
  private boolean damaged;

  LmdbWalk(ReadAt file, LmdbMeta meta, LmdbFile.Visitor visitor) {
    this.file = file;
    this.meta = meta;
    this.visitor = visitor;
  }

  void run() throws IOException {
    if (meta.root() != LmdbMeta.NONE) {
      page(meta.root(), 1);
    }
    if (!damaged && found != meta.entries()) {
      String compared = found < meta.entries() ? "fewer" : "more";
      visitor.damaged(compared + " records than the index says", 0);
    }
  }

  private void page(long number, int level) throws IOException {
    LmdbPage page;
    try {
      page = read(number, level);
    } catch (DamagedException e) {
      damaged(e, meta.pageSize());
      return;
    }
    for (int i = 0; i < page.nodes(); i++) {
      if (page.isLeaf()) {
        record(page, i);
      } else {
        branch(page, i, level);
      }
    }
  }

  private LmdbPage read(long number, int level) throws IOException {
    if (!meta.holds(number)) {
      throw new DamagedException("a page of the index lies outside the file");
    }
    // A page that two branches share would give its records twice, and a page that contains itself
    // would never end.
    if (visited.get((int) number)) {
      throw new DamagedException("a page of the index is used twice");
    }
    visited.set((int) number);
    LmdbPage page = new LmdbPage(number, file.read(number * meta.pageSize(), meta.pageSize()));
    if (!page.isLeaf() && level >= Math.min(meta.depth(), DEEPEST)) {
      throw new DamagedException("the index is deeper than it says");
    }
    return page;
  }

  private void branch(LmdbPage page, int index, int level) throws IOException {
    long child;
    try {
      child = page.child(index);
    } catch (DamagedException e) {
      damaged(e, meta.pageSize());
      return;
    }
    page(child, level + 1);
  }

  private void record(LmdbPage page, int index) throws IOException {
    LmdbPage.Place place;
    try {
      place = page.place(index, meta);
      requireOrder(place.key());
    } catch (DamagedException e) {
      damaged(e, 0);
      return;
    }
    found++;
    visitor.entry(place.key(), place.offset(), place.length());
  }

  /** A key out of order comes from a damaged page, or from one that is no longer in use. */
  private void requireOrder(byte[] key) throws DamagedException {
    boolean after = Arrays.compareUnsigned(previousKey, key) < 0;
    previousKey = key;
    if (!after && (meta.flags() & OTHER_ORDER) == 0) {
      throw new DamagedException("a record is out of order");
    }
  }

  private void damaged(DamagedException reason, long bytes) {
    damaged = true;
    visitor.damaged(reason.getMessage(), bytes);
  }
}
