package io.millrace.jobs.tensor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String METADATA = "__metadata__";
  private static final String ROLES = "roles";
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
    JsonNode header = readHeader(data);
    Map<String, String> metadata = new TreeMap<>();
    header
        .path(METADATA)
        .fields()
        .forEachRemaining(entry -> metadata.put(entry.getKey(), entry.getValue().asText()));
    String roles = metadata.remove(ROLES);
    Iterator<Role> role =
        roles == null || roles.isEmpty()
            ? List.<Role>of().iterator()
            : List.of(roles.split(",")).stream().map(SafeTensors::role).iterator();
    List<NamedTensor> tensors = new ArrayList<>();
    long offset = 0;
    for (Iterator<Map.Entry<String, JsonNode>> all = header.fields(); all.hasNext(); ) {
      Map.Entry<String, JsonNode> entry = all.next();
      if (entry.getKey().equals(METADATA)) {
        continue;
      }
      int[] shape = shape(entry.getValue());
      int size = size(shape);
      JsonNode offsets = entry.getValue().path("data_offsets");
      if (!entry.getValue().path("dtype").asText().equals("F32")
          || offsets.path(0).asLong(-1) != offset
          || offsets.path(1).asLong(-1) != offset + (long) size * Float.BYTES) {
        throw new IOException(
            "its header does not describe " + entry.getKey() + " as Millrace writes it");
      }
      offset += (long) size * Float.BYTES;
      float[] values = readFloats(data, size);
      tensors.add(
          new NamedTensor(
              entry.getKey(), shape, role.hasNext() ? role.next() : Role.TRAINABLE, values));
    }
    if (data.read() >= 0) {
      throw new IOException("it goes on after its last tensor");
    }
    return new SafeTensors(new State(List.copyOf(tensors)), metadata);
  }

  private byte[] header() throws IOException {
    ObjectNode header = JSON.createObjectNode();
    ObjectNode about = header.putObject(METADATA);
    about.put(
        ROLES,
        String.join(
            ",",
            state.tensors().stream()
                .map(tensor -> tensor.role().name().toLowerCase(Locale.ROOT))
                .toList()));
    new TreeMap<>(metadata).forEach(about::put);
    long offset = 0;
    for (NamedTensor tensor : state.tensors()) {
      ObjectNode entry = header.putObject(tensor.name());
      entry.put("dtype", "F32");
      ArrayNode shape = entry.putArray("shape");
      for (int side : tensor.shape()) {
        shape.add(side);
      }
      ArrayNode offsets = entry.putArray("data_offsets").add(offset);
      offset += (long) tensor.values().length * Float.BYTES;
      offsets.add(offset);
    }
    String text = JSON.writeValueAsString(header);
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    String padding = " ".repeat(Math.floorMod(-bytes, ALIGNMENT));
    return (text + padding).getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode readHeader(DataInputStream data) throws IOException {
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
    return JSON.readTree(header);
  }

  private static Role role(String text) {
    return Role.valueOf(text.toUpperCase(Locale.ROOT));
  }

  private static int[] shape(JsonNode entry) {
    JsonNode sides = entry.path("shape");
    int[] shape = new int[sides.size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = sides.get(i).asInt();
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
