package io.millrace.bench;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.Node;
import io.millrace.jobs.architecture.TensorSpec;
import io.millrace.jobs.files.Json;
import io.millrace.pipeline.store.JsonText;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A network, its initial weights and a minibatch in a folder, from which ours and the reference
 * read the same.
 *
 * @param batch pictures in the minibatch
 * @param image channels, height and width
 * @param classes picture i is of class i modulo classes
 * @param rate of learning
 * @param momentum of SGD; the first beta of AdamW
 * @param beta2 of AdamW
 * @param eps of AdamW
 * @param decay of AdamW
 * @param compared steps after which both sides must have found the same
 */
record EngineLoad(
    int batch,
    List<Integer> image,
    int classes,
    double rate,
    double momentum,
    double beta2,
    double eps,
    double decay,
    int compared) {
  /** Of the initial weights. */
  static final long SEED = 1;

  private static final double BETA2 = 0.999;
  private static final double EPS = 1e-8;
  private static final double DECAY = 0.01;
  private static final int COMPARED = 3;
  private static final String NETWORK = "network.ser";
  private static final String LOAD = "load.json";
  private static final String IMAGES = "images.f32";

  /** With a minibatch of that size. */
  static EngineLoad of(Blueprint blueprint, int batch, int classes, double rate) {
    return new EngineLoad(
        batch,
        blueprint.inputs().get(Blueprint.IMAGES).sides(),
        classes,
        rate,
        Load.MOMENTUM,
        BETA2,
        EPS,
        DECAY,
        COMPARED);
  }

  /** Writes all to a folder. */
  void write(Blueprint blueprint, Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve(LOAD), Json.bytes(this));
    Files.writeString(folder.resolve("network.json"), JsonText.line(described(blueprint)));
    try (ObjectOutputStream out =
        new ObjectOutputStream(Files.newOutputStream(folder.resolve(NETWORK)))) {
      out.writeObject(blueprint);
    }
    List<float[]> weights = new ArrayList<>();
    blueprint.tensors().forEach(tensor -> weights.add(tensor.initialValues(SEED)));
    write(folder.resolve("weights.f32"), weights);
    write(folder.resolve(IMAGES), List.of(pictures(batch * blueprint.shape(Blueprint.IMAGES).size())));
  }

  static EngineLoad read(Path folder) throws IOException {
    return Json.read(Files.readAllBytes(folder.resolve(LOAD)), EngineLoad.class);
  }

  static Blueprint network(Path folder) throws IOException {
    try (ObjectInputStream in =
        new ObjectInputStream(Files.newInputStream(folder.resolve(NETWORK)))) {
      return (Blueprint) in.readObject();
    } catch (ClassNotFoundException e) {
      throw new IOException(e);
    }
  }

  /** The minibatch's values in a direct buffer, as a feed gives them. */
  static ByteBuffer images(Path folder) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(IMAGES));
    return ByteBuffer.allocateDirect(bytes.length)
        .order(ByteOrder.nativeOrder())
        .put(bytes)
        .flip();
  }

  private static float[] pictures(int size) {
    Random random = new Random(SEED);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Floats of 4 bytes in this machine's order, which is PyTorch's too. */
  private static void write(Path file, List<float[]> all) throws IOException {
    int size = all.stream().mapToInt(values -> values.length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(size, Float.BYTES));
    bytes.order(ByteOrder.nativeOrder());
    all.forEach(values -> {
      bytes.asFloatBuffer().put(values);
      bytes.position(bytes.position() + values.length * Float.BYTES);
    });
    Files.write(file, bytes.array());
  }

  private static Map<String, Object> described(Blueprint blueprint) {
    List<Object> nodes = new ArrayList<>();
    for (Node node : blueprint.nodes()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("name", node.name());
      json.put("operation", node.operation().getClass().getSimpleName());
      Map<String, Object> settings = settings((Record) node.operation());
      settings.put("image", node.shape().sides().size() > 1);
      json.put("settings", settings);
      json.put("inputs", node.inputs());
      json.put("tensors", node.operation().tensors().stream().map(TensorSpec::name).toList());
      nodes.add(json);
    }
    return Map.of("nodes", nodes, "output", blueprint.output());
  }

  private static Map<String, Object> settings(Record operation) {
    Map<String, Object> settings = new LinkedHashMap<>();
    for (RecordComponent part : operation.getClass().getRecordComponents()) {
      try {
        settings.put(part.getName(), setting(part.getAccessor().invoke(operation)));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
    return settings;
  }

  private static Object setting(Object value) {
    if (value instanceof Record record) {
      return settings(record);
    }
    return value instanceof Number || value instanceof Boolean ? value : String.valueOf(value);
  }
}
