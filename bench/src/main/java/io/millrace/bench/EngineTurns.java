package io.millrace.bench;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.engine.Engine;
import io.millrace.jobs.engine.Engines;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Turns of both engines and of PyTorch in one row of the benchmark.
 *
 * @param folder that the network, its weights and the minibatch were written to
 * @param batch pictures in the minibatch
 */
record EngineTurns(Setting setting, EngineWork work, Path folder, int batch) {
  private static final String SCRIPT = "torch_loop.py";
  private static final List<String> LAYOUTS = List.of("nchw", "channels-last");

  /** The engine that the target is for. */
  private static final String OURS = "torch";

  private static final String REFERENCE = "reference";

  /**
   * The fastest way that was found to do the work in PyTorch.
   *
   * @param rate a second
   * @param compared what shows which work was done
   */
  private record Way(PyTorch torch, String layout, String form, double rate, String compared) {
    String about() {
      return "%s, %s, %s".formatted(torch.about(), layout, form);
    }
  }

  /** Writes what both sides read. */
  static EngineTurns on(Setting setting, EngineWork work) throws IOException {
    Path folder = setting.scratch().resolve(work.name());
    // Batch norm needs two pictures.
    int batch = Math.max(2, setting.scaled(work.batch()));
    Blueprint blueprint = work.blueprint();
    EngineLoad.of(blueprint, batch, work.classes(), work.learningRate()).write(blueprint, folder);
    return new EngineTurns(setting, work, folder, batch);
  }

  /** Images a second of an engine's training steps in the network of {@code sbin/bench train}. */
  static double bareLoop(Setting setting, String engine) throws IOException, InterruptedException {
    EngineTurns turns = on(setting, EnginesBenchmark.WHOLE_JOB);
    return turns.rate(turns.run(Engines.named(engine)));
  }

  /** Finds PyTorch's best way, then lets it and the engines run in turn. */
  List<Figure> figures(List<PyTorch> references) throws IOException, InterruptedException {
    List<Engine> engines = engines();
    if (engines.isEmpty()) {
      Scratch.remove(folder);
      return List.of();
    }
    setting.say().accept(work.name() + ": " + work.what(batch));
    Way best = best(references);
    Map<String, Turns.Run> all = new LinkedHashMap<>();
    all.put(REFERENCE, run -> run(best.torch(), best.layout(), best.form()).rate());
    for (Engine engine : engines) {
      all.put(engine.name(), run -> run(engine, best.compared()));
    }
    Map<String, Double> medians = Turns.medians(setting, work.unit(), all);
    Scratch.remove(folder);
    double reference = medians.remove(REFERENCE);
    List<Figure> figures = new ArrayList<>();
    medians.forEach(
        (engine, rate) -> {
          String what =
              "%s, 2 threads, engine %s; reference: %s"
                  .formatted(work.what(batch), engine, best.about());
          figures.add(
              engine.equals(OURS)
                  ? Figure.atLeastOf(what, rate, reference, work.unit(), work.target())
                  : Figure.compared(what, rate, reference, work.unit()));
        });
    return figures;
  }

  /** Those that can do it; the others are named with the reason. */
  private List<Engine> engines() {
    List<Engine> able = new ArrayList<>();
    for (Engine engine : Engines.all()) {
      List<String> reasons = new ArrayList<>(engine.unsupported(work.blueprint(), Set.of()));
      try {
        engine.precision(work.precision());
      } catch (CannotException e) {
        reasons.add(e.getMessage());
      }
      if (reasons.isEmpty()) {
        able.add(engine);
      } else {
        setting
            .say()
            .accept(
                "%s is left out for engine %s: %s"
                    .formatted(work.name(), engine.name(), String.join("; ", reasons)));
      }
    }
    return able;
  }

  /** Each PyTorch in each layout; where updates alone are timed, in each form of its optimiser. */
  private Way best(List<PyTorch> references) throws IOException, InterruptedException {
    List<Way> ways = new ArrayList<>();
    for (PyTorch torch : references) {
      boolean updates = work.kind() == EngineWork.Kind.UPDATE;
      for (String layout : updates ? LAYOUTS.subList(0, 1) : LAYOUTS) {
        for (String form : updates ? torch.forms() : List.of(torch.form())) {
          Way way = run(torch, layout, form);
          setting
              .say()
              .accept(String.format(Locale.ROOT, "%s: %.2f %s", way.about(), way.rate(), work.unit()));
          ways.add(way);
        }
      }
    }
    return ways.stream().max((one, other) -> Double.compare(one.rate, other.rate)).orElseThrow();
  }

  private Way run(PyTorch torch, String layout, String form)
      throws IOException, InterruptedException {
    List<Object> arguments = new ArrayList<>();
    arguments.addAll(
        List.of(
            folder,
            work.kind().text(),
            layout,
            work.optimiser(),
            form,
            EngineEnvironment.THREADS));
    arguments.addAll(Steps.of(setting).arguments());
    Child child = torch.run(setting, SCRIPT, arguments.toArray());
    return new Way(
        torch, layout, form, rate(child), compared(child));
  }

  private double run(Engine engine, String wanted) throws IOException, InterruptedException {
    Child child = run(engine);
    requireAlike(engine.name(), compared(child), wanted);
    return rate(child);
  }

  private Child run(Engine engine) throws IOException, InterruptedException {
    List<Object> arguments = new ArrayList<>();
    arguments.addAll(
        List.of(
            folder,
            engine.name(),
            work.precision(),
            work.kind(),
            work.optimiser(),
            EngineEnvironment.THREADS));
    arguments.addAll(Steps.of(setting).arguments());
    return Java.run(
        setting,
        EngineEnvironment.withoutMemory(),
        EngineEnvironment.both(),
        EngineLoop.class,
        arguments.toArray());
  }

  private double rate(Child child) {
    return child.figure() * work.perStep(batch);
  }

  private static String compared(Child child) {
    List<String> words = child.words();
    return words.get(words.size() - 1);
  }

  private void requireAlike(String engine, String ours, String wanted) {
    double[] mine = numbers(ours);
    double[] theirs = numbers(wanted);
    boolean alike = mine.length == theirs.length;
    for (int i = 0; alike && i < mine.length; i++) {
      // A loss falls towards 0: what the first one was is the measure for all.
      double measure = Math.max(Math.abs(theirs[i]), Math.abs(theirs[0]));
      alike = Math.abs(mine[i] - theirs[i]) <= work.tolerance() * measure;
    }
    if (!alike) {
      throw new CannotException(
          "compare engine " + engine + " with PyTorch in " + work.name(),
          "they do not do the same work: its first steps give %s and PyTorch's %s"
              .formatted(ours, wanted));
    }
  }

  private static double[] numbers(String words) {
    return Arrays.stream(words.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }
}
