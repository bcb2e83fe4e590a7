package io.millrace.jobs.testing;

import io.millrace.jobs.export.Export;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.stats.StatsJob;
import io.millrace.jobs.synthesize.SynthesizeJob;
import io.millrace.jobs.train.TrainJob;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.spec.FlagReader;
import io.millrace.pipeline.store.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;

/**
 * A residual network of ten classes of 32x32 pictures, trained for an epoch on few of them.
 *
 * @param shards the dataset, with 150 pictures in its test split
 * @param model the artifact
 */
public record SmallModel(Path shards, Path model) {
  /** Pictures in the test split. */
  public static final int TESTS = 150;

  /**
   * Trains it.
   *
   * @param channels 1 or 3
   */
  public static SmallModel in(Path base, int channels) throws Exception {
    SynthesizeJob synthesize = new SynthesizeJob();
    JobRunner.Done pictures =
        run(synthesize, base, "pictures", Map.of("train", "200", "test", "" + TESTS));
    JobRunner.Done shards =
        Ingests.run(
            base,
            "shards",
            "source.format=cifar10",
            "source.path=" + pictures.folder(),
            "images.channels=" + channels);
    Map<String, String> shardsFlag = Map.of("shards", shards.path());
    JobRunner.Done stats = run(new StatsJob(), base, "stats", shardsFlag);
    JobRunner.Done model =
        run(
            new TrainJob(),
            base,
            "model",
            Map.of(
                "shards",
                shards.path(),
                "stats",
                stats.path(),
                "architecture",
                "{ name = resnet, channels = [4, 8] }",
                "workers",
                "1",
                "batch",
                "20",
                "schedule",
                "{ constant { epochs = 1, lr = 0.1 } }"));
    return new SmallModel(shards.folder(), model.folder());
  }

  /** The same weights with other names of the classes; each must be ten. */
  public Path named(Path copy, List<String> names) throws IOException {
    Files.createDirectories(copy);
    Files.copy(model.resolve("weights.safetensors"), copy.resolve("weights.safetensors"));
    String quoted = JsonText.line(names);
    String json = Files.readString(model.resolve("model.json"));
    String renamed =
        json.replaceFirst(
            "(?s)\"class-names\" : \\[.*?\\]",
            Matcher.quoteReplacement("\"class-names\" : " + quoted));
    Files.writeString(copy.resolve("model.json"), renamed);
    return copy;
  }

  /** The test split as PNG files in {@code <folder>/test}, with {@code index.csv}. */
  public Path exported(Path folder) throws IOException {
    Dataset dataset = Dataset.open(shards.toUri());
    new Export(dataset, Optional.of(Split.TEST), OptionalLong.empty())
        .into(folder, JobContext.silent());
    return folder;
  }

  private static <P extends Record> JobRunner.Done run(
      Job<P> job, Path base, String name, Map<String, String> flags) throws Exception {
    P parameters = job.parameters().cast(FlagReader.read(job, flags).parameters());
    return JobRunner.run(job, parameters, base, name);
  }
}
