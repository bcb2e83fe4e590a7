package io.millrace.jobs.engine.dl4j;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.Node;
import io.millrace.jobs.architecture.Operation;
import io.millrace.jobs.architecture.TensorKind;
import io.millrace.jobs.architecture.TensorSpec;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.Role;
import io.millrace.jobs.tensor.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The place of each canonical tensor in a graph's flat array of parameters, and in that of
 * gradients. Within most tensors the orders are the same: convolutions are OIHW row-major, and a
 * dense layer's [in, out] in column-major order is our [out, in] in row-major order. The weight of
 * a depthwise convolution is [kernel, kernel, in, out / in] there, ours transposed.
 */
final class ParameterLayout {
  private static final Map<String, String> KEYS =
      Map.of(
          "weight", "W",
          "bias", "b",
          "norm.weight", "gamma",
          "norm.bias", "beta",
          "running_mean", "mean",
          "running_var", "var");

  /**
   * One canonical tensor and its first index in the graph's array.
   *
   * @param rows how many the graph's own matrix has, which is ours transposed; 1 if both orders are
   *     the same
   */
  record Place(TensorSpec tensor, int offset, int rows) {
    /** Where the graph has a value. */
    int index(int canonical) {
      return offset + canonical % rows * (tensor.size() / rows) + canonical / rows;
    }

    void toCanonical(float[] graph, float[] values, int at) {
      if (rows == 1) {
        System.arraycopy(graph, offset, values, at, tensor.size());
        return;
      }
      for (int i = 0; i < tensor.size(); i++) {
        values[at + i] = graph[index(i)];
      }
    }

    void fromCanonical(float[] values, int at, float[] graph) {
      if (rows == 1) {
        System.arraycopy(values, at, graph, offset, tensor.size());
        return;
      }
      for (int i = 0; i < tensor.size(); i++) {
        graph[index(i)] = values[at + i];
      }
    }
  }

  private final List<Place> places;
  private final int weightCount;
  private final State wanted;

  private ParameterLayout(List<Place> places) {
    this.places = List.copyOf(places);
    this.weightCount =
        places.stream()
            .map(Place::tensor)
            .filter(TensorSpec::trainable)
            .mapToInt(TensorSpec::size)
            .sum();
    this.wanted = new State(places.stream().map(it -> named(it.tensor(), new float[0])).toList());
  }

  static ParameterLayout of(Blueprint blueprint, ComputationGraph graph) {
    List<Place> places = new ArrayList<>();
    for (Node node : blueprint.nodes()) {
      for (TensorSpec tensor : node.tensors()) {
        String last = tensor.name().substring(node.name().length() + 1);
        String key = KEYS.get(tensor.kind() == TensorKind.NORM ? "norm." + last : last);
        INDArray view = graph.getLayer(node.name()).getParam(key);
        places.add(new Place(tensor, Math.toIntExact(view.offset()), rows(node, last)));
      }
    }
    return new ParameterLayout(places);
  }

  /** Every tensor, in canonical order. */
  List<Place> places() {
    return places;
  }

  int weightCount() {
    return weightCount;
  }

  /** Copies the trainable values from the graph's order to canonical order. */
  void toCanonical(float[] graph, float[] weights) {
    int at = 0;
    for (Place place : places) {
      if (place.tensor().trainable()) {
        place.toCanonical(graph, weights, at);
        at += place.tensor().size();
      }
    }
  }

  /** Copies the trainable values from canonical order to the graph's order; statistics stay. */
  void fromCanonical(float[] weights, float[] graph) {
    int at = 0;
    for (Place place : places) {
      if (place.tensor().trainable()) {
        place.fromCanonical(weights, at, graph);
        at += place.tensor().size();
      }
    }
  }

  /**
   * Copies every tensor out, in canonical order.
   *
   * @param graph all parameters in the graph's order
   */
  State state(float[] graph) {
    List<NamedTensor> all = new ArrayList<>();
    for (Place place : places) {
      float[] values = new float[place.tensor().size()];
      place.toCanonical(graph, values, 0);
      all.add(named(place.tensor(), values));
    }
    return new State(all);
  }

  /**
   * Copies every tensor to the graph's order.
   *
   * @throws IllegalArgumentException if tensors are missing, surplus or of other shapes; the
   *     message lists all differences, and nothing is copied
   */
  void place(State state, float[] graph) {
    State fitted = state.fitted(wanted, "the network");
    for (int i = 0; i < places.size(); i++) {
      places.get(i).fromCanonical(fitted.tensors().get(i).values(), 0, graph);
    }
  }

  private static int rows(Node node, String tensor) {
    return node.operation() instanceof Operation.Convolution it
            && it.depthwise()
            && tensor.equals("weight")
        ? it.kernelHeight() * it.kernelWidth()
        : 1;
  }

  private static NamedTensor named(TensorSpec tensor, float[] values) {
    Role role = tensor.trainable() ? Role.TRAINABLE : Role.AVERAGE;
    return new NamedTensor(tensor.name(), tensor.shape().clone(), role, values);
  }
}
