package io.millrace.jobs.tensor;

import io.millrace.pipeline.store.JsonText;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The header of a safetensors file: eight bytes little-endian for the length of a JSON object, and
 * the object. What it says of the values is not compared with the rest of the file.
 *
 * @param metadata text by key
 * @param entries the tensors, in the header's order
 * @param bytes where the values begin in the file
 */
public record SafeTensorsHeader(Map<String, String> metadata, List<Entry> entries, long bytes) {
  static final String METADATA = "__metadata__";
  static final String TYPE = "dtype";
  static final String SHAPE = "shape";
  static final String OFFSETS = "data_offsets";

  /** The format's own limit. */
  private static final int LONGEST = 100_000_000;

  /**
   * What the header says of a tensor.
   *
   * @param type of its elements, such as {@code F32}
   * @param size how many values the shape has
   * @param from its first byte, counted from the first value of the file
   * @param to after its last byte
   */
  public record Entry(String name, String type, int[] shape, long size, long from, long to) {
    private static Entry of(String name, Map<?, ?> about) throws IOException {
      if (!(about.get(TYPE) instanceof String type)
          || !(about.get(SHAPE) instanceof List<?> sides)
          || !(about.get(OFFSETS) instanceof List<?> ends)
          || ends.size() != 2
          || !(ends.get(0) instanceof Long from)
          || !(ends.get(1) instanceof Long to)) {
        throw unclear(name);
      }
      int[] shape = new int[sides.size()];
      long size = 1;
      for (int i = 0; i < shape.length; i++) {
        if (!(sides.get(i) instanceof Long side) || side < 0 || side > Integer.MAX_VALUE) {
          throw unclear(name);
        }
        shape[i] = side.intValue();
        size *= side;
        if (size > Integer.MAX_VALUE) {
          throw new IOException("it describes a tensor that is too large, " + name);
        }
      }
      return new Entry(name, type, shape, size, from, to);
    }

    private static IOException unclear(String name) {
      return new IOException("its header does not say type, shape and place of " + name);
    }
  }

  /**
   * Reads it, and no byte more.
   *
   * @throws IOException if it is not such a header; the message says what is wrong
   */
  public static SafeTensorsHeader readFrom(InputStream in) throws IOException {
    byte[] first = in.readNBytes(Long.BYTES);
    if (first.length < Long.BYTES) {
      throw new EOFException("it ends after " + first.length + " bytes");
    }
    long length = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > LONGEST) {
      throw new IOException("its header claims to be " + length + " bytes long");
    }
    byte[] text = in.readNBytes((int) length);
    if (text.length < length) {
      throw new EOFException(
          "it ends within its header, which claims to be " + length + " bytes long");
    }
    Map<String, Object> header;
    try {
      header = JsonText.objectOfDistinctKeys(text);
    } catch (IOException e) {
      // The rest of the message repeats the header.
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new IOException("its header can't be read: " + why, e);
    }
    Map<String, String> metadata = new TreeMap<>();
    if (header.remove(METADATA) instanceof Map<?, ?> about) {
      about.forEach((key, value) -> metadata.put(String.valueOf(key), String.valueOf(value)));
    }
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, Object> each : header.entrySet()) {
      entries.add(
          Entry.of(each.getKey(), each.getValue() instanceof Map<?, ?> map ? map : Map.of()));
    }
    return new SafeTensorsHeader(metadata, List.copyOf(entries), Long.BYTES + length);
  }
}
