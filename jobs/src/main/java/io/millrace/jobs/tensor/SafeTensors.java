package io.millrace.jobs.tensor;

import io.millrace.pipeline.store.JsonText;
import java.io.DataInputStream;
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
  private static final String ROLES = "roles";
  private static final String FLOATS = "F32";
  private static final int ALIGNMENT = 8;
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
    SafeTensorsHeader header = SafeTensorsHeader.readFrom(data);
    Map<String, String> metadata = new TreeMap<>(header.metadata());
    String roles = metadata.remove(ROLES);
    Iterator<Role> role =
        roles == null || roles.isEmpty()
            ? List.<Role>of().iterator()
            : List.of(roles.split(",")).stream().map(SafeTensors::role).iterator();
    List<NamedTensor> tensors = new ArrayList<>();
    long offset = 0;
    for (SafeTensorsHeader.Entry entry : header.entries()) {
      String name = entry.name();
      long end = offset + entry.size() * Float.BYTES;
      if (!FLOATS.equals(entry.type()) || entry.from() != offset || entry.to() != end) {
        throw new IOException("its header does not describe " + name + " as we write it");
      }
      offset = end;
      float[] values = readFloats(data, Math.toIntExact(entry.size()));
      tensors.add(
          new NamedTensor(
              name, entry.shape(), role.hasNext() ? role.next() : Role.TRAINABLE, values));
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
    header.put(SafeTensorsHeader.METADATA, about);
    long offset = 0;
    for (NamedTensor tensor : state.tensors()) {
      long end = offset + (long) tensor.values().length * Float.BYTES;
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put(SafeTensorsHeader.TYPE, FLOATS);
      entry.put(SafeTensorsHeader.SHAPE, tensor.shape());
      entry.put(SafeTensorsHeader.OFFSETS, List.of(offset, end));
      header.put(tensor.name(), entry);
      offset = end;
    }
    String text = JsonText.line(header);
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    String padding = " ".repeat(Math.floorMod(-bytes, ALIGNMENT));
    return (text + padding).getBytes(StandardCharsets.UTF_8);
  }

  private static Role role(String text) {
    return Role.valueOf(text.toUpperCase(Locale.ROOT));
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
