package io.millrace.bench;

import io.millrace.jobs.averaging.Averaging;
import io.millrace.jobs.engine.Engines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Images a second of the whole training job, two workers of one thread, compared with a bare loop
 * of the same engine on data in memory with two threads: the same network, and as many images in a
 * step of the loop as in a step of the two workers together. Both are measured within
 * their process, once warm.
 */
final class TrainBenchmark implements Benchmark {
  private static final double TARGET = 0.95;

  /** In per cent. */
  private static final double MOST_WAITING = 2;

  private static final double PERCENT = 100;

  @Override
  public String name() {
    return "train";
  }

  @Override
  public String summary() {
    return "training throughput, W = 2 of one thread; a bare loop of the same engine, two threads";
  }

  @Override
  public List<Figure> run(Setting setting) throws IOException, InterruptedException {
    Path records = CifarRecords.repeated(setting, Load.IMAGES);
    TrainingTurns ours = TrainingTurns.on(setting, setting.engine(), records);
    double[] waiting = new double[setting.runs()];
    Turns turns =
        Turns.taken(
            setting,
            "images/s",
            run -> {
              Child child = ours.run(Averaging.By.MILLRACE);
              List<String> words = child.words();
              waiting[run] = PERCENT * Double.parseDouble(words.get(words.size() - 1));
              return child.figure();
            },
            run -> reference(setting, records));
    return List.of(
        Figure.atLeastOf(
            "training throughput: feed, augment and average, W = 2, one thread each, engine "
                + setting.engine(),
            turns.ours(),
            turns.reference(),
            "images/s",
            TARGET),
        Figure.atMost(
            "share of the workers' time spent waiting for their feeds",
            Turns.median(waiting),
            "%",
            MOST_WAITING));
  }

  /** Deeplearning4j's own {@code fit}; of another engine its network's steps. */
  private static double reference(Setting setting, Path records)
      throws IOException, InterruptedException {
    if (!setting.engine().equals(Engines.DEFAULT)) {
      return EngineTurns.bareLoop(setting, setting.engine());
    }
    return Java.run(
            setting,
            List.of(),
            Map.of("OMP_NUM_THREADS", "2"),
            BareLoop.class,
            records.toString())
        .figure();
  }
}
