package io.millrace.jobs.weights;

import java.nio.ByteOrder;
import java.util.OptionalLong;

/**
 * Elements of one type that lie together in a file. Several tensors may be views of them.
 *
 * @param name for messages
 * @param from place of the first one in the file, in bytes
 * @param count how many
 * @param order of the bytes of each
 * @param crc CRC-32 of their bytes, if the file has it
 */
record StoredValues(
    String name, ElementType type, long from, long count, ByteOrder order, OptionalLong crc) {
  /** How many bytes they take. */
  long bytes() {
    return count * type.bytes();
  }
}
