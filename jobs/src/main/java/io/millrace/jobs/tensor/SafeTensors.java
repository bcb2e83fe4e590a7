package io.millrace.jobs.tensor;

import io.millrace.pipeline.store.JsonText;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The safetensors format: eight bytes little-endian for the length of a JSON header, the header,
 * then the tensors' floats, little-endian, in the order of the state. Roles are in the header's
 * {@code __metadata__}, which other readers ignore.
 *
 * @param state the tensors
 * @param metadata text by key, beside the roles
 */
public record SafeTensors(State state, Map<String, String> metadata) {
  private static final String METADATA = "__metadata__";
  private static final String ROLES = "roles";
  private static final String TYPE = "dtype";
  private static final String FLOATS = "F32";
  private static final String SHAPE = "shape";
  private static final String OFFSETS = "data_offsets";
  private static final int ALIGNMENT = 8;
  private static final int LONGEST_HEADER = 100_000_000;
  private static final int CHUNK_FLOATS = 1 << 14;

  /** The same bytes for the same state and metadata. */
  public void writeTo(OutputStream out) throws IOException {
    byte[] header = header();
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.write(length.putLong(header.length).array());
    out.write(header);
    byte[] chunk = new byte[CHUNK_FLOATS * Float.BYTES];
    ByteBuffer floats = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
    for (NamedTensor tensor : state.tensors()) {
      float[] values = tensor.values();
      for (int from = 0; from < values.length; from += CHUNK_FLOATS) {
        int count = Math.min(CHUNK_FLOATS, values.length - from);
        floats.asFloatBuffer().put(values, from, count);
        out.write(chunk, 0, count * Float.BYTES);
      }
    }
  }

  /**
   * @throws IOException if it is not a complete file of this format; the message says what is wrong
   */
  public static SafeTensors readFrom(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    Map<String, Object> header = readHeader(data);
    Map<String, String> metadata = new TreeMap<>();
    if (header.remove(METADATA) instanceof Map<?, ?> about) {
      about.forEach((key, text) -> metadata.put(String.valueOf(key), String.valueOf(text)));
    }
    String roles = metadata.remove(ROLES);
    Iterator<Role> role =
        roles == null || roles.isEmpty()
            ? List.<Role>of().iterator()
            : List.of(roles.split(",")).stream().map(SafeTensors::role).iterator();
    List<NamedTensor> tensors = new ArrayList<>();
    long offset = 0;
    for (Map.Entry<String, Object> entry : header.entrySet()) {
      String name = entry.getKey();
      Map<?, ?> about = entry.getValue() instanceof Map<?, ?> map ? map : Map.of();
      int[] shape = shape(name, about.get(SHAPE));
      int size = size(shape);
      long end = offset + (long) size * Float.BYTES;
      if (!FLOATS.equals(about.get(TYPE)) || !List.of(offset, end).equals(about.get(OFFSETS))) {
        throw unknown(name);
      }
      offset = end;
      float[] values = readFloats(data, size);
      tensors.add(
          new NamedTensor(name, shape, role.hasNext() ? role.next() : Role.TRAINABLE, values));
    }
    if (data.read() >= 0) {
      throw new IOException("it goes on after its last tensor");
    }
    return new SafeTensors(new State(List.copyOf(tensors)), metadata);
  }

  private byte[] header() {
    Map<String, Object> header = new LinkedHashMap<>();
    Map<String, String> about = new LinkedHashMap<>();
    about.put(
        ROLES,
        String.join(
            ",",
            state.tensors().stream()
                .map(tensor -> tensor.role().name().toLowerCase(Locale.ROOT))
                .toList()));
    about.putAll(new TreeMap<>(metadata));
    header.put(METADATA, about);
    long offset = 0;
    for (NamedTensor tensor : state.tensors()) {
      long end = offset + (long) tensor.values().length * Float.BYTES;
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put(TYPE, FLOATS);
      entry.put(SHAPE, tensor.shape());
      entry.put(OFFSETS, List.of(offset, end));
      header.put(tensor.name(), entry);
      offset = end;
    }
    String text = JsonText.line(header);
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    String padding = " ".repeat(Math.floorMod(-bytes, ALIGNMENT));
    return (text + padding).getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, Object> readHeader(DataInputStream data) throws IOException {
    byte[] first = data.readNBytes(Long.BYTES);
    if (first.length < Long.BYTES) {
      throw new EOFException("it ends after " + first.length + " bytes");
    }
    long length = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > LONGEST_HEADER) {
      throw new IOException("its header claims to be " + length + " bytes long");
    }
    byte[] header = data.readNBytes((int) length);
    if (header.length < length) {
      throw new EOFException("it ends within its header");
    }
    return JsonText.object(header);
  }

  private static Role role(String text) {
    return Role.valueOf(text.toUpperCase(Locale.ROOT));
  }

  private static IOException unknown(String name) {
    return new IOException("its header does not describe " + name + " as we write it");
  }

  private static int[] shape(String name, Object sides) throws IOException {
    if (!(sides instanceof List<?> list)) {
      throw unknown(name);
    }
    int[] shape = new int[list.size()];
    for (int i = 0; i < shape.length; i++) {
      if (!(list.get(i) instanceof Long side) || side < 0 || side > Integer.MAX_VALUE) {
        throw unknown(name);
      }
      shape[i] = side.intValue();
    }
    return shape;
  }

  private static int size(int[] shape) throws IOException {
    long size = 1;
    for (int side : shape) {
      size *= side;
      if (size < 0 || size > Integer.MAX_VALUE) {
        throw new IOException("it describes a tensor that is too large");
      }
    }
    return (int) size;
  }

  private static float[] readFloats(DataInputStream data, int size) throws IOException {
    float[] values = new float[size];
    byte[] chunk = new byte[CHUNK_FLOATS * Float.BYTES];
    ByteBuffer floats = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < size; from += CHUNK_FLOATS) {
      int count = Math.min(CHUNK_FLOATS, size - from);
      data.readFully(chunk, 0, count * Float.BYTES);
      floats.asFloatBuffer().get(values, from, count);
    }
    return values;
  }
}
