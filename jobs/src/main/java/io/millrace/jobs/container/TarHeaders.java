package io.millrace.jobs.container;

import java.io.IOException;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;

/**
 * Checks the records before a file's bytes, before Commons Compress reads them. That library does
 * not check checksums, loads a long name of any claimed length into memory, and makes a nested call
 * for each header that precedes another.
 */
final class TarHeaders {
  static final String EARLY = "the archive ends early";
  static final String DAMAGED = "the archive is damaged";

  private static final int RECORD = TarConstants.DEFAULT_RCDSIZE;
  private static final int SIZE_AT = 124;
  private static final int TYPE_AT = 156;
  // Headers about the header after them: GNU's long names, pax attributes.
  private static final String PRECEDING = "LKxXg";
  private static final int MOST_PRECEDING = 16;
  private static final long MOST_PRECEDING_BYTES = 1 << 20;
  // More than the zeros that tar programs write at the end of an archive.
  private static final int LOOK_BEHIND_END = 1 << 16;

  private final TarRange range;
  private long globalBytes;

  TarHeaders(TarRange range) {
    this.range = range;
  }

  /** Whether the archive's end mark, two records of zeros, is at that place. */
  boolean endAt(long place) throws IOException {
    if (!isZero(place)) {
      return false;
    }
    if (range.end() - place < 2 * RECORD) {
      throw new DamagedException(EARLY);
    }
    // Zeros in the middle of an archive are not its end: part of it was lost on a disk or in a
    // transfer.
    for (long at = place + RECORD; at < looked(place); at += RECORD) {
      if (range.end() - at >= RECORD && !isZero(at)) {
        throw new DamagedException(DAMAGED);
      }
    }
    return true;
  }

  private long looked(long place) {
    return Math.min(range.end(), place + LOOK_BEHIND_END);
  }

  private boolean isZero(long place) throws IOException {
    for (byte each : record(place)) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  /** The place after the header of the entry that begins at that place. */
  long through(long place) throws IOException {
    long at = place;
    long bytes = globalBytes;
    for (int i = 0; i <= MOST_PRECEDING; i++) {
      byte[] header = record(at);
      long size = size(header);
      char type = (char) header[TYPE_AT];
      if (PRECEDING.indexOf(type) < 0) {
        return at + RECORD;
      }
      at = end(at + RECORD, size);
      bytes += size;
      globalBytes += type == 'g' ? size : 0;
      if (bytes > MOST_PRECEDING_BYTES) {
        break;
      }
    }
    throw new DamagedException(DAMAGED);
  }

  /** The place after that many bytes and the padding of their last record. */
  long end(long data, long size) throws DamagedException {
    if (size < 0) {
      throw new DamagedException(DAMAGED);
    }
    if (size > range.end() - data) {
      throw new DamagedException(EARLY);
    }
    return data + (size + RECORD - 1) / RECORD * RECORD;
  }

  private static long size(byte[] header) throws DamagedException {
    try {
      if (TarUtils.verifyCheckSum(header)) {
        return TarUtils.parseOctalOrBinary(header, SIZE_AT, TarConstants.SIZELEN);
      }
    } catch (IllegalArgumentException noNumber) {
      // Then it is not a header.
    }
    throw new DamagedException(DAMAGED);
  }

  private byte[] record(long place) throws IOException {
    if (range.end() - place < RECORD) {
      throw new DamagedException(EARLY);
    }
    return range.peek(place, RECORD);
  }
}
