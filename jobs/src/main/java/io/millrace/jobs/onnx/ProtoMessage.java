package io.millrace.jobs.onnx;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A message in protobuf's wire format: its fields, in the order in which they were added. Weights
 * stay where they are until they are written.
 */
final class ProtoMessage {
  private static final int VARINT = 0;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED_32 = 5;
  private static final int TYPE_BITS = 3;
  private static final int CHUNK_FLOATS = 1 << 14;

  private final List<Piece> pieces = new ArrayList<>();
  private long size;

  private interface Piece {
    void writeTo(OutputStream out) throws IOException;
  }

  /** A whole number, 0 or more. */
  ProtoMessage number(int field, long value) {
    varint((long) field << TYPE_BITS | VARINT);
    varint(value);
    return this;
  }

  ProtoMessage real(int field, float value) {
    varint((long) field << TYPE_BITS | FIXED_32);
    byte[] bytes = new byte[Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(value);
    bytes(bytes);
    return this;
  }

  ProtoMessage text(int field, String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    begin(field, utf8.length);
    bytes(utf8);
    return this;
  }

  /** A complete message; what is added to it later is lost. */
  ProtoMessage message(int field, ProtoMessage value) {
    begin(field, value.size);
    pieces.addAll(value.pieces);
    size += value.size;
    return this;
  }

  /** Floats as the little-endian bytes of one field; not copied. */
  ProtoMessage floats(int field, float... values) {
    long bytes = (long) values.length * Float.BYTES;
    begin(field, bytes);
    pieces.add(out -> write(values, out));
    size += bytes;
    return this;
  }

  /** How many bytes it has. */
  long size() {
    return size;
  }

  void writeTo(OutputStream out) throws IOException {
    for (Piece piece : pieces) {
      piece.writeTo(out);
    }
  }

  private void begin(int field, long length) {
    varint((long) field << TYPE_BITS | LENGTH_DELIMITED);
    varint(length);
  }

  /** Seven bits a byte, the lowest first; all bytes but the last have their highest bit set. */
  private void varint(long value) {
    byte[] coded = new byte[10];
    int length = 0;
    long rest = value;
    while (rest >>> 7 != 0) {
      coded[length++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    coded[length++] = (byte) rest;
    bytes(Arrays.copyOf(coded, length));
  }

  private void bytes(byte... value) {
    pieces.add(out -> out.write(value));
    size += value.length;
  }

  private static void write(float[] values, OutputStream out) throws IOException {
    byte[] bytes = new byte[CHUNK_FLOATS * Float.BYTES];
    ByteBuffer chunk = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += CHUNK_FLOATS) {
      int count = Math.min(CHUNK_FLOATS, values.length - from);
      chunk.asFloatBuffer().put(values, from, count);
      out.write(bytes, 0, count * Float.BYTES);
    }
  }
}
