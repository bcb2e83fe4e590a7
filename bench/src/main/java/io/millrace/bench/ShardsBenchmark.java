package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** CIFAR-10 binaries to shards and exact statistics, from the start of the JVM to its end. */
final class ShardsBenchmark implements Benchmark {
  private static final int RECORDS = 60_000;
  private static final double TARGET = 0.45;

  @Override
  public String name() {
    return "shards";
  }

  @Override
  public String summary() {
    return "60,000 CIFAR-10 records to shards and statistics; Pillow writing and reading PNGs";
  }

  @Override
  public List<Figure> run(Setting setting) throws IOException, InterruptedException {
    Python.require(name(), "PIL, numpy", "python3-pil and python3-numpy");
    Path records = CifarRecords.repeated(setting, RECORDS);
    Path pipeline =
        Files.writeString(
            setting.scratch().resolve("shards.conf"),
            """
            pipeline = bench-shards
            workspace = workspace
            params { data = "" }
            stages {
              shards { job = ingest, source { format = cifar10, path = ${params.data} } }
              stats { job = stats, shards = "@shards", split = train }
            }
            """);
    Turns turns =
        Turns.taken(
            setting,
            "s",
            run -> {
              Path workspace = setting.scratch().resolve("ours-" + run);
              Child ours =
                  Child.run(
                      "make shards",
                      setting.scratch(),
                      Map.of(),
                      List.of(
                          setting.millrace().toString(),
                          "run",
                          pipeline.toString(),
                          "--master=local[2]",
                          "--quiet",
                          "--set=params.data=" + records,
                          "--set=workspace=" + workspace));
              Scratch.remove(workspace);
              return ours.seconds();
            },
            run -> {
              Path folder = setting.scratch().resolve("pillow-" + run);
              Child reference = Python.run(setting, "pillow_shards.py", records, folder);
              Scratch.remove(folder);
              return reference.seconds();
            });
    return List.of(
        Figure.atMostOf(
            "60,000 CIFAR-10 records to shards and statistics, cold JVM, local[2]",
            turns.ours(),
            turns.reference(),
            "s",
            TARGET));
  }
}
