package io.millrace.jobs.testing;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.Node;
import io.millrace.jobs.architecture.Operation.Dense;
import io.millrace.jobs.architecture.Operation.Relu;
import io.millrace.jobs.architecture.TensorSpec;
import io.millrace.jobs.engine.EngineChecks;
import io.millrace.jobs.engine.HostUpdater;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.engine.Updater;
import io.millrace.jobs.optimiser.Clipping;
import io.millrace.jobs.optimiser.Layout;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.tensor.DoubleTensor;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.Role;
import io.millrace.jobs.tensor.State;
import io.millrace.jobs.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reverse-mode differentiation, one array a node. */
final class PlainNetwork implements Network {
  private final Blueprint blueprint;
  private final Layout layout;
  private final float[] weights;
  private final float[] gradient;

  PlainNetwork(Blueprint blueprint, long seed) {
    this.blueprint = blueprint;
    this.layout = Layout.of(blueprint.tensors());
    this.weights = new float[layout.size()];
    this.gradient = new float[layout.size()];
    int at = 0;
    for (TensorSpec tensor : blueprint.tensors()) {
      float[] values = tensor.initialValues(seed);
      System.arraycopy(values, 0, weights, at, values.length);
      at += values.length;
    }
  }

  @Override
  public Blueprint blueprint() {
    return blueprint;
  }

  @Override
  public Pass forward(Map<String, Tensor> inputs, Mode mode) {
    Map<String, double[]> values = new LinkedHashMap<>();
    Map<String, FloatTensor> checked = EngineChecks.inputs(blueprint, inputs);
    int examples = EngineChecks.examples(checked);
    checked.forEach(
        (name, floats) -> {
          double[] copy = new double[floats.values().remaining()];
          for (int i = 0; i < copy.length; i++) {
            copy[i] = floats.values().get(i);
          }
          values.put(name, copy);
        });
    for (Node node : blueprint.nodes()) {
      values.put(node.name(), forward(node, values, examples));
    }
    return new PlainPass(values, examples);
  }

  private double[] forward(Node node, Map<String, double[]> values, int examples) {
    double[] in = values.get(node.inputs().get(0));
    double[] out = new double[examples * node.shape().size()];
    if (node.operation() instanceof Dense dense) {
      Layout.Part weight = part(node.name() + ".weight");
      for (int n = 0; n < examples; n++) {
        for (int o = 0; o < dense.out(); o++) {
          double sum = dense.bias() ? weights[part(node.name() + ".bias").offset() + o] : 0;
          for (int i = 0; i < dense.in(); i++) {
            sum += weights[weight.offset() + o * dense.in() + i] * in[n * dense.in() + i];
          }
          out[n * dense.out() + o] = sum;
        }
      }
      return out;
    }
    for (String input : node.inputs()) {
      double[] one = values.get(input);
      for (int i = 0; i < out.length; i++) {
        out[i] += node.operation() instanceof Relu ? Math.max(one[i], 0) : one[i];
      }
    }
    return out;
  }

  private void backward(
      Node node, Map<String, double[]> values, Map<String, double[]> slopes, int examples) {
    double[] slope = slopes.get(node.name());
    if (node.operation() instanceof Dense dense) {
      double[] in = values.get(node.inputs().get(0));
      double[] back = slopes.get(node.inputs().get(0));
      int weight = part(node.name() + ".weight").offset();
      double[] own = new double[dense.in() * dense.out()];
      double[] bias = new double[dense.out()];
      for (int n = 0; n < examples; n++) {
        for (int o = 0; o < dense.out(); o++) {
          double s = slope[n * dense.out() + o];
          bias[o] += s;
          for (int i = 0; i < dense.in(); i++) {
            own[o * dense.in() + i] += s * in[n * dense.in() + i];
            back[n * dense.in() + i] += s * weights[weight + o * dense.in() + i];
          }
        }
      }
      add(own, weight);
      if (dense.bias()) {
        add(bias, part(node.name() + ".bias").offset());
      }
      return;
    }
    for (String input : node.inputs()) {
      double[] one = values.get(input);
      double[] back = slopes.get(input);
      for (int i = 0; i < slope.length; i++) {
        back[i] += node.operation() instanceof Relu && one[i] <= 0 ? 0 : slope[i];
      }
    }
  }

  private void add(double[] slopes, int offset) {
    for (int i = 0; i < slopes.length; i++) {
      gradient[offset + i] += (float) slopes[i];
    }
  }

  private Layout.Part part(String name) {
    return layout.parts().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }

  @Override
  public void zeroGradient() {
    Arrays.fill(gradient, 0);
  }

  @Override
  public float[] gradient() {
    return gradient.clone();
  }

  @Override
  public void clipGradient(Clipping clipping, List<Layout.Part> parts) {
    clipping.clip(gradient, parts);
  }

  @Override
  public Updater updater(Optimiser optimiser, Map<String, List<String>> groups) {
    return new HostUpdater(optimiser.rule(layout.grouped(groups)), weights, gradient, () -> {});
  }

  @Override
  public State state() {
    List<NamedTensor> tensors = new ArrayList<>();
    for (Layout.Part part : layout.parts()) {
      float[] values = Arrays.copyOfRange(weights, part.offset(), part.end());
      tensors.add(new NamedTensor(part.name(), part.shape(), Role.TRAINABLE, values));
    }
    return new State(tensors);
  }

  @Override
  public void restore(State state) {
    State fitted = state.fitted(state(), "the network");
    for (int i = 0; i < layout.parts().size(); i++) {
      float[] values = fitted.tensors().get(i).values();
      System.arraycopy(values, 0, weights, layout.parts().get(i).offset(), values.length);
    }
  }

  @Override
  public void close() {}

  private final class PlainPass implements Pass {
    private final Map<String, double[]> values;
    private final int examples;

    private PlainPass(Map<String, double[]> values, int examples) {
      this.values = values;
      this.examples = examples;
    }

    @Override
    public DoubleTensor output(String name) {
      return new DoubleTensor(values.get(name), blueprint.shape(name).batched(examples));
    }

    @Override
    public Map<String, DoubleTensor> backward(Map<String, DoubleTensor> gradients) {
      Map<String, double[]> slopes = new LinkedHashMap<>();
      values.forEach((name, all) -> slopes.put(name, new double[all.length]));
      gradients.forEach(
          (name, given) -> {
            double[] slope = slopes.get(name);
            for (int i = 0; i < slope.length; i++) {
              slope[i] += given.values()[i];
            }
          });
      for (int i = blueprint.nodes().size() - 1; i >= 0; i--) {
        PlainNetwork.this.backward(blueprint.nodes().get(i), values, slopes, examples);
      }
      Map<String, DoubleTensor> ofInputs = new LinkedHashMap<>();
      for (String name : blueprint.inputs().keySet()) {
        ofInputs.put(
            name, new DoubleTensor(slopes.get(name), blueprint.shape(name).batched(examples)));
      }
      return ofInputs;
    }

    @Override
    public void close() {}
  }
}
