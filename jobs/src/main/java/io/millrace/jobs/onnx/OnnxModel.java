package io.millrace.jobs.onnx;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.Node;
import io.millrace.jobs.architecture.Shape;
import io.millrace.jobs.architecture.TensorSpec;
import io.millrace.jobs.onnx.OnnxGraph.Attribute;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.State;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A classifier as an ONNX file: from pictures {@code images [N, C, H, W]} on the 0..1 scale to
 * {@code probabilities [N, classes]}. Normalisation and softmax are inside, and N is open.
 */
public final class OnnxModel {
  /** The name of the input. */
  public static final String IMAGES = Blueprint.IMAGES;

  /** The name of the output. */
  public static final String PROBABILITIES = "probabilities";

  /** The most bytes that a protobuf message may have, and with it an ONNX file. */
  public static final long MOST_BYTES = Integer.MAX_VALUE;

  private static final int OPERATORS = 17;

  /** That of the ONNX release with these operators, so that all later runtimes read it. */
  private static final int IR_VERSION = 8;

  /** No node's name has it before it, as all values of nodes end in {@link #VALUE}. */
  private static final String NORMALISED = IMAGES + ".normalised";

  private static final String VALUE = ".out";

  private final ProtoMessage file;

  private OnnxModel(ProtoMessage file) {
    this.file = file;
  }

  /**
   * What can't be written as ONNX, each as a sentence that names the node; empty if all can be.
   *
   * @param blueprint any network
   */
  public static List<String> unsupported(Blueprint blueprint) {
    List<String> sentences = new ArrayList<>();
    if (!List.copyOf(blueprint.inputs().keySet()).equals(List.of(IMAGES))
        || blueprint.outputs().size() != 1
        || blueprint.shape(blueprint.output()).sides().size() != 1) {
      sentences.add(
          "onnx takes a network from pictures to one vector, not from %s to %s"
              .formatted(blueprint.inputs().keySet(), blueprint.outputs()));
      return sentences;
    }
    OnnxOperations trial = new OnnxOperations(new OnnxGraph(""));
    for (Node node : blueprint.nodes()) {
      if (!add(trial, node, blueprint)) {
        sentences.add(
            "onnx has no translation of %s, which is %s; take another form"
                .formatted(node.name(), node.operation()));
      }
    }
    return sentences;
  }

  /**
   * The file of a network.
   *
   * @param weights of the blueprint's names and shapes; not copied
   * @param mean per channel on the 0..1 scale
   * @param std per channel on the 0..1 scale, never 0
   * @param metadata text by key, in that order
   * @throws IllegalArgumentException if something is {@linkplain #unsupported unsupported}, or a
   *     weight is missing
   */
  public static OnnxModel of(
      Blueprint blueprint,
      State weights,
      List<Double> mean,
      List<Double> std,
      Map<String, String> metadata) {
    List<String> unsupported = unsupported(blueprint);
    if (!unsupported.isEmpty()) {
      throw new IllegalArgumentException("Cannot write ONNX: " + String.join("; ", unsupported));
    }
    OnnxGraph graph = new OnnxGraph("network");
    graph.end(true, IMAGES, blueprint.shape(IMAGES).sides());
    normalise(graph, mean, std);
    OnnxOperations operations = new OnnxOperations(graph);
    blueprint.nodes().forEach(node -> add(operations, node, blueprint));
    Shape output = blueprint.shape(blueprint.output());
    graph.node(
        "Softmax", List.of(blueprint.output() + VALUE), PROBABILITIES, Attribute.one("axis", 1));
    graph.end(false, PROBABILITIES, output.sides());
    addWeights(graph, blueprint, weights);
    ProtoMessage operators = new ProtoMessage().text(1, "").number(2, OPERATORS);
    ProtoMessage file =
        new ProtoMessage().number(1, IR_VERSION).text(2, "millrace").message(7, graph.message());
    file.message(8, operators);
    metadata.forEach(
        (key, text) -> file.message(14, new ProtoMessage().text(1, key).text(2, text)));
    return new OnnxModel(file);
  }

  /** How many bytes the file has. Above {@link #MOST_BYTES} no program reads it. */
  public long bytes() {
    return file.size();
  }

  /** The same bytes for the same network, weights and metadata. */
  public void writeTo(OutputStream out) throws IOException {
    file.writeTo(out);
  }

  private static boolean add(OnnxOperations operations, Node node, Blueprint blueprint) {
    List<String> from = node.inputs().stream().map(OnnxModel::value).toList();
    Shape in = blueprint.shape(node.inputs().get(0));
    return operations.add(node, from, in, node.name() + VALUE);
  }

  private static String value(String input) {
    return input.equals(IMAGES) ? NORMALISED : input + VALUE;
  }

  private static void normalise(OnnxGraph graph, List<Double> mean, List<Double> std) {
    String centred = IMAGES + ".centred";
    channels(graph, IMAGES + ".mean", mean);
    channels(graph, IMAGES + ".std", std);
    graph.node("Sub", List.of(IMAGES, IMAGES + ".mean"), centred);
    graph.node("Div", List.of(centred, IMAGES + ".std"), NORMALISED);
  }

  private static void channels(OnnxGraph graph, String name, List<Double> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    graph.tensor(name, new int[] {floats.length, 1, 1}, floats);
  }

  private static void addWeights(OnnxGraph graph, Blueprint blueprint, State weights) {
    Map<String, NamedTensor> byName = new HashMap<>();
    weights.tensors().forEach(it -> byName.put(it.name(), it));
    for (TensorSpec tensor : blueprint.tensors()) {
      NamedTensor found = byName.get(tensor.name());
      if (found == null || found.values().length != tensor.size()) {
        throw new IllegalArgumentException("Cannot write ONNX: the weights lack " + tensor.name());
      }
      graph.tensor(tensor.name(), tensor.shape(), found.values());
    }
  }
}
