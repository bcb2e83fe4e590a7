package io.millrace.bench;

import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Exact channel statistics of shards on disk, compared with numpy's of pixels in memory. */
final class StatsBenchmark implements Benchmark {
  private static final int RECORDS = 60_000;
  private static final double TARGET = 1.5;
  private static final double ROUNDING = 1e-9;

  @Override
  public String name() {
    return "stats";
  }

  @Override
  public String summary() {
    return "exact statistics of shards of 60,000 CIFAR-10 records, warm; numpy on pixels in memory";
  }

  @Override
  public List<Figure> run(Setting setting) throws IOException, InterruptedException {
    Python.require(name(), "numpy", "python3-numpy");
    int images = setting.scaled(RECORDS);
    Path records = CifarRecords.repeated(setting, images);
    Path shards = setting.scratch().resolve("shards");
    setting.say().accept("making shards of %,d pictures".formatted(images));
    Millrace.run(setting, "ingest", "--format=cifar10", "--path=" + records, "--output=" + shards);
    double[][] found = new double[2][];
    Turns turns =
        Turns.taken(
            setting,
            "pictures/s",
            run -> {
              Path work = setting.scratch().resolve("stats-" + run);
              Child ours = Java.run(setting, List.of(), Map.of(), StatsLoop.class, shards, work);
              found[0] = numbers(ours);
              requireEqual(found[0], found[1]);
              return ours.figure();
            },
            run -> {
              Child reference =
                  Python.run(
                      setting,
                      "numpy_stats.py",
                      records,
                      Passes.WARM,
                      Passes.WARM_SECONDS,
                      Passes.TIMED);
              found[1] = numbers(reference);
              return reference.figure();
            });
    return List.of(
        Figure.atLeastOf(
            "exact statistics of %,d CIFAR-10 pictures, from shards on disk, warm, local[2]; reference: numpy int64 einsum on pixels in memory, one core"
                .formatted(images),
            turns.ours(),
            turns.reference(),
            "pictures/s",
            TARGET));
  }

  private static double[] numbers(Child child) {
    return Arrays.stream(child.words().get(0).replaceAll("[\\[\\],]", " ").strip().split(" +"))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  private static void requireEqual(double[] ours, double[] theirs) {
    for (int i = 0; i < ours.length; i++) {
      if (ours.length != theirs.length || Math.abs(ours[i] - theirs[i]) > ROUNDING) {
        throw new CannotException(
            "compare ours with numpy_stats.py",
            "the statistics differ (%s, %s)"
                .formatted(Arrays.toString(ours), Arrays.toString(theirs)));
      }
    }
  }
}
