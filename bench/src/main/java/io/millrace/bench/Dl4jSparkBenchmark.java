package io.millrace.bench;

import io.millrace.jobs.averaging.Averaging;
import java.io.IOException;
import java.util.List;

/**
 * Images a second of the whole training job with our averaging, compared with the same job with
 * Deeplearning4j's own training master: the same network, data, feeds and rounds.
 */
final class Dl4jSparkBenchmark implements Benchmark {
  private static final double TARGET = 0.97;

  @Override
  public String name() {
    return "dl4j-spark";
  }

  @Override
  public String summary() {
    return "training throughput, W = 2 of one thread; averaging.by = dl4j-spark";
  }

  @Override
  public List<Figure> run(Setting setting) throws IOException, InterruptedException {
    TrainingTurns training = TrainingTurns.on(setting, "dl4j", CifarRecords.repeated(setting, Load.IMAGES));
    Turns turns =
        Turns.taken(
            setting,
            "images/s",
            run -> training.run(Averaging.By.MILLRACE).figure(),
            run -> training.run(Averaging.By.DL4J_SPARK).figure());
    return List.of(
        Figure.atLeastOf(
            "training throughput: rounds by Millrace and by Deeplearning4j on Spark, W = 2",
            turns.ours(),
            turns.reference(),
            "images/s",
            TARGET));
  }
}
