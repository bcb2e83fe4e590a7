package io.millrace.jobs.train;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.TensorSpec;
import io.millrace.jobs.averaging.Rounds;
import io.millrace.jobs.averaging.TrainingPhase;
import io.millrace.jobs.averaging.TrainingPlan;
import io.millrace.jobs.engine.Engines;
import io.millrace.jobs.feed.ImageExamples;
import io.millrace.jobs.feed.InputShape;
import io.millrace.jobs.feed.Normaliser;
import io.millrace.jobs.feed.Recipe;
import io.millrace.jobs.learner.Supervised;
import io.millrace.jobs.loss.Loss;
import io.millrace.jobs.sampling.Shuffle;
import io.millrace.jobs.sampling.View;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.stats.Statistics;
import io.millrace.jobs.transform.Chain;
import io.millrace.jobs.transform.Levels;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.text.Amounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the plan of a training from its parameters and inputs. */
final class Planning {
  private Planning() {}

  /**
   * @throws CannotException if there is nothing to train on, the dataset, the statistics, the
   *     transforms and the architecture don't fit one another, or a phase's network has other
   *     tensors than the last one's
   */
  static ClassifierPlan of(TrainingInputs inputs) {
    int count = inputs.phases().size();
    List<PlannedPhase> phases = new ArrayList<>();
    for (PhaseInputs each : inputs.phases()) {
      try {
        phases.add(phase(each));
      } catch (CannotException e) {
        if (count == 1) {
          throw e;
        }
        throw new CannotException(what(phases.size(), count), e.getMessage(), e);
      }
    }
    for (int i = 0; i < count - 1; i++) {
      checkTensors(phases.get(i), phases.get(count - 1), what(i, count));
    }
    return new ClassifierPlan(
        new TrainingPlan(withRates(inputs, phases), inputs.parameters().plannedSchedule()),
        phases.stream().map(PlannedPhase::images).toList(),
        phases.get(count - 1).network());
  }

  /** The phases, with the learning rates that their layers have. */
  private static List<TrainingPhase> withRates(TrainingInputs inputs, List<PlannedPhase> phases) {
    Blueprint network = phases.get(phases.size() - 1).network();
    List<LayerGroup> groups = inputs.parameters().fitting().groups();
    LayerRates.problem(network, groups).ifPresent(why -> refuse("groups", why));
    List<List<String>> freeze =
        inputs.phases().stream().map(it -> it.parameters().fitting().freeze()).toList();
    freeze.forEach(
        it -> LayerRates.freezeProblem(network, it).ifPresent(why -> refuse("freeze", why)));
    LayerRates rates = LayerRates.of(network, groups, freeze);
    List<TrainingPhase> rated = new ArrayList<>();
    for (PlannedPhase planned : phases) {
      TrainingPhase phase = planned.phase();
      rated.add(
          new TrainingPhase(
              phase.epochs(),
              phase.examples(),
              phase.rounds(),
              phase.validation(),
              planned.learner().grouped(rates.groups()),
              rates.factors().get(rated.size())));
    }
    return rated;
  }

  private static void refuse(String key, String why) {
    throw new CannotException("train with these " + key, why);
  }

  /** A phase with its parts by their own types. */
  private record PlannedPhase(
      TrainingPhase phase, ImageExamples images, Blueprint network, Supervised learner) {
    InputShape input() {
      return images.recipe().input();
    }
  }

  private static String what(int phase, int count) {
    return "train in phase %d of %d".formatted(phase + 1, count);
  }

  private static void checkTensors(PlannedPhase phase, PlannedPhase last, String what) {
    Map<String, String> own = shapes(phase);
    Map<String, String> wanted = shapes(last);
    Set<String> names = new LinkedHashSet<>(own.keySet());
    names.addAll(wanted.keySet());
    for (String name : names) {
      String here = own.getOrDefault(name, "absent");
      String there = wanted.getOrDefault(name, "absent");
      if (!here.equals(there)) {
        throw new CannotException(
            what,
            "the tensor %s is %s in its network for images of %s and %s in the last phase's for %s, so the weights can't be carried over; use an architecture whose weights don't depend on the size, such as resnet"
                .formatted(name, here, phase.input(), there, last.input()));
      }
    }
  }

  private static Map<String, String> shapes(PlannedPhase phase) {
    Map<String, String> shapes = new LinkedHashMap<>();
    for (TensorSpec tensor : phase.network().tensors()) {
      shapes.put(tensor.name(), Arrays.toString(tensor.shape()));
    }
    return shapes;
  }

  private static PlannedPhase phase(PhaseInputs inputs) {
    TrainParameters parameters = inputs.parameters();
    Dataset dataset = inputs.dataset();
    Statistics statistics = inputs.statistics();
    View.Parts parts =
        View.parts(
            dataset, parameters.split(), parameters.validation().fraction(), parameters.seed());
    boolean balanced = parameters.shuffle() instanceof Shuffle.Balanced;
    View view = balanced ? parts.training().labelled() : parts.training();
    if (view.size() == 0) {
      throw new CannotException(
          "train on split " + parameters.split().text(),
          "the dataset at %s has no images in it, or validation takes them all"
              .formatted(dataset.root()));
    }
    long unlabelled = dataset.unlabelled(parameters.split());
    if (unlabelled > 0 && !balanced) {
      throw new CannotException(
          "train on split " + parameters.split().text(),
          "%s of the %s images in it have no label; leave them out at ingest with unlabelled = leave-out"
              .formatted(
                  Amounts.count(unlabelled), Amounts.count(dataset.images(parameters.split()))));
    }
    InputShape first = InputShape.of(view);
    InputShape input =
        parameters.input().map(side -> new InputShape(first.channels(), side, side)).orElse(first);
    if (statistics.mean().size() != input.channels()) {
      throw new CannotException(
          "train on " + dataset.root(),
          "its images have %d channels and the statistics have %d; compute them over the same dataset"
              .formatted(input.channels(), statistics.mean().size()));
    }
    int classes = dataset.classNames().size();
    Chain chain = new Chain(parameters.augment());
    chain.checkGives(first.height(), first.width(), input.height(), input.width());
    Recipe recipe =
        new Recipe(
            view,
            input,
            new Normaliser(statistics.mean(), statistics.std()),
            chain,
            Levels.of(statistics),
            parameters.shuffle(),
            false,
            parameters.seed(),
            classes,
            parameters.feed().feeding());
    Rounds rounds =
        new Rounds(
            view.size(),
            parameters.workers(),
            parameters.batch(),
            parameters.averaging().every(),
            parameters.dropLast());
    if (rounds.examples() == 0) {
      throw new CannotException(
          "train on split " + parameters.split().text(),
          "drop-last leaves none of its %d images: the part of each of %d workers is smaller than a minibatch of %d"
              .formatted(view.size(), parameters.workers(), parameters.batch()));
    }
    Blueprint network = blueprint(parameters, input, classes);
    Supervised learner =
        new Supervised(
                parameters.engine(),
                network,
                loss(parameters, classes),
                parameters.optimiser(),
                parameters.threadsPerWorker(),
                parameters.seed())
            .in(Engines.named(parameters.engine()).precision(parameters.precision()))
            .with(parameters.fitting().clip());
    ImageExamples images = new ImageExamples(recipe);
    return new PlannedPhase(
        new TrainingPhase(inputs.epochs(), images, rounds, images.of(parts.validation()), learner),
        images,
        network,
        learner);
  }

  private static Loss loss(TrainParameters parameters, int classes) {
    try {
      return parameters.fitting().loss().over(classes);
    } catch (IllegalArgumentException e) {
      throw new CannotException("train", e.getMessage(), e);
    }
  }

  private static Blueprint blueprint(TrainParameters parameters, InputShape input, int classes) {
    try {
      return parameters
          .architecture()
          .blueprint(input.channels(), input.height(), input.width(), classes);
    } catch (IllegalArgumentException e) {
      throw new CannotException("train", e.getMessage(), e);
    }
  }
}
