package io.millrace.bench;

import io.millrace.jobs.engine.Engine;
import io.millrace.jobs.engine.Engines;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.engine.Precision;
import io.millrace.jobs.engine.Updater;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.Role;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/**
 * Steps of a network of one of our engines on one minibatch in memory: forward pass, loss, backward
 * pass and update, as a learner takes them; or updates, or predictions alone. Prints the engine's
 * description, what shows that both sides did the same work, then how often a second the work was
 * done, by the median.
 */
final class EngineLoop {
  private final EngineLoad load;
  private final Network network;
  private final CrossEntropy loss;
  private final Minibatch minibatch;

  private EngineLoop(EngineLoad load, Network network, Minibatch minibatch) {
    this.load = load;
    this.network = network;
    this.minibatch = minibatch;
    this.loss = new CrossEntropy(load.classes());
  }

  /**
   * @param arguments the folder that {@link EngineLoad} wrote, engine, precision, what to time,
   *     optimiser, threads, then those of {@link Steps}
   */
  public static void main(String[] arguments) throws IOException {
    List<String> given = List.of(arguments);
    Path folder = Path.of(given.get(0));
    Engine engine = Engines.named(given.get(1));
    EngineLoad load = EngineLoad.read(folder);
    int threads = Integer.parseInt(given.get(5));
    Precision precision = Precision.valueOf(given.get(2));
    System.out.println(engine.description());
    try (Network network =
        engine.network(EngineLoad.network(folder), threads, EngineLoad.SEED, precision)) {
      EngineLoop loop = new EngineLoop(load, network, minibatch(load, folder));
      Optimiser optimiser = optimiser(given.get(4), load);
      Steps steps = Steps.of(given.subList(6, given.size()));
      switch (EngineWork.Kind.valueOf(given.get(3))) {
        case TRAIN -> loop.train(optimiser, steps);
        case UPDATE -> loop.update(optimiser, steps);
        case PREDICT -> loop.predict(steps);
      }
    }
  }

  private void train(Optimiser optimiser, Steps steps) throws IOException {
    Updater updater = network.updater(optimiser, Map.of());
    Hyper hyper = new Hyper(load.rate(), load.momentum());
    StringJoiner losses = new StringJoiner(" ");
    for (int i = 0; i < load.compared(); i++) {
      losses.add(Double.toString(step(updater, hyper)));
    }
    System.out.println(losses);
    System.out.println(1 / steps.median(() -> step(updater, hyper)));
  }

  private double step(Updater updater, Hyper hyper) {
    double sum = network.lossAndGradient(minibatch, loss).sum(CrossEntropy.LOSS);
    updater.step(hyper);
    return sum / load.batch();
  }

  private void update(Optimiser optimiser, Steps steps) throws IOException {
    Updater updater = network.updater(optimiser, Map.of());
    Hyper hyper = new Hyper(load.rate(), load.momentum());
    network.lossAndGradient(minibatch, loss);
    for (int i = 0; i < load.compared(); i++) {
      updater.step(hyper);
    }
    double squares = 0;
    for (NamedTensor tensor : network.state().tensors()) {
      if (tensor.role() == Role.TRAINABLE) {
        for (float value : tensor.values()) {
          squares += (double) value * value;
        }
      }
    }
    System.out.println(squares);
    System.out.println(1 / steps.median(() -> updater.step(hyper)));
  }

  private void predict(Steps steps) throws IOException {
    float[] found = network.predict(minibatch, loss);
    double sum = 0;
    for (int i = 0; i < found.length; i++) {
      sum += (double) found[i] * found[i] * (i + 1);
    }
    System.out.println(sum);
    System.out.println(1 / steps.median(() -> network.predict(minibatch, loss)));
  }

  private static Optimiser optimiser(String name, EngineLoad load) {
    return name.equals(EngineWork.SGD)
        ? new Optimiser.Sgd(0, false)
        : new Optimiser.Adam(load.beta2(), load.eps(), load.decay(), true);
  }

  private static Minibatch minibatch(EngineLoad load, Path folder) throws IOException {
    List<Integer> image = load.image();
    FloatTensor images =
        new FloatTensor(
            EngineLoad.images(folder).asFloatBuffer(),
            load.batch(),
            image.get(0),
            image.get(1),
            image.get(2));
    FloatBuffer targets = FloatBuffer.allocate(load.batch() * load.classes());
    for (int i = 0; i < load.batch(); i++) {
      targets.put(i * load.classes() + i % load.classes(), 1);
    }
    return new Minibatch(
        IntStream.range(0, load.batch()).mapToObj(Integer::toString).toList(),
        Map.of(
            Minibatch.IMAGES,
            images,
            Minibatch.TARGETS,
            new FloatTensor(targets, load.batch(), load.classes())));
  }
}
