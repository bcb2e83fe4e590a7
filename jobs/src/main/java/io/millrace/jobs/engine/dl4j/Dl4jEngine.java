package io.millrace.jobs.engine.dl4j;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.Node;
import io.millrace.jobs.architecture.Operation;
import io.millrace.jobs.architecture.Shape;
import io.millrace.jobs.engine.Ability;
import io.millrace.jobs.engine.Engine;
import io.millrace.jobs.engine.EngineChecks;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.engine.OwnForm;
import io.millrace.jobs.engine.Precision;
import io.millrace.jobs.engine.SparkAveraging;
import io.millrace.jobs.engine.gpu.Gpus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Deeplearning4j 1.0.0-M2.1: on the CPU through oneDNN, in the build for CUDA on NVIDIA's GPUs. Its
 * first use in a JVM loads native libraries, which takes a second; more the first time on a
 * machine, when 360 MB are unpacked into the user's cache folder.
 */
public final class Dl4jEngine implements Engine {
  static final String NAME = "dl4j";
  private static final String CPU = "cpu";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "Deeplearning4j "
        + Natives.version()
        + (onCpu() ? " with oneDNN on the CPU" : " on NVIDIA's GPUs")
        + "; fp32; no gradient of a network's input, one open pass at a time";
  }

  @Override
  public Map<String, String> description() {
    Map<String, String> description = new LinkedHashMap<>(Natives.start());
    description.put(
        "device",
        onCpu() ? CPU : Gpus.checked(Backend.CODE).get(Gpus.ofTask(Backend.CODE)).toString());
    return Collections.unmodifiableMap(description);
  }

  @Override
  public String device() {
    return onCpu() ? CPU : Gpus.deviceOfTask(Backend.CODE);
  }

  @Override
  public boolean onCpu() {
    return Backend.here() == Backend.CPU;
  }

  @Override
  public List<String> unsupported(Blueprint blueprint, Set<Ability> needed) {
    List<String> sentences = new ArrayList<>();
    if (needed.contains(Ability.INPUT_GRADIENT)) {
      sentences.add(
          "dl4j gives no gradient with respect to a network's input; take an engine that does");
    }
    if (needed.contains(Ability.OPEN_PASSES)) {
      sentences.add(
          "dl4j keeps one pass of a network open at a time; take an engine that keeps several");
    }
    for (Node node : blueprint.nodes()) {
      Shape in = blueprint.shape(node.inputs().get(0));
      if (node.operation() instanceof Operation.Convolution it
          && it.groups() > 1
          && !it.depthwise()) {
        sentences.add(
            "dl4j has no convolutions of several channels in each of several groups (%s); take engine = torch"
                .formatted(node.name()));
      } else if (node.operation() instanceof Operation.AveragePool it && !divides(it.side(), in)) {
        sentences.add(
            "dl4j makes %d x %d means only where the sides of its input are multiples or divisors of %d, not %s (%s); take engine = torch, or pictures of another size"
                .formatted(it.side(), it.side(), it.side(), in, node.name()));
      }
    }
    return sentences;
  }

  private static boolean divides(int side, Shape in) {
    return (in.height() % side == 0 && in.width() % side == 0)
        || (side % in.height() == 0 && side % in.width() == 0);
  }

  @Override
  public Network network(Blueprint blueprint, int threads, long seed, Precision precision) {
    precision(precision);
    EngineChecks.threads(threads);
    List<String> unsupported = unsupported(blueprint, Set.of());
    if (!unsupported.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot build the network: " + String.join("; ", unsupported));
    }
    Natives.start();
    return new Dl4jNetwork(blueprint, threads, seed);
  }

  @Override
  public Optional<SparkAveraging> averaging() {
    return Optional.of(new Dl4jSparkAveraging());
  }

  @Override
  public Optional<OwnForm> ownForm() {
    return Optional.of(new ModelZip());
  }
}
