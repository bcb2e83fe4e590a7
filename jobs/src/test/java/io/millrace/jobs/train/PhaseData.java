package io.millrace.jobs.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.jobs.averaging.TrainingPlan;
import io.millrace.jobs.feed.Examples;
import io.millrace.jobs.feed.Feed;
import io.millrace.jobs.feed.ImageExamples;
import io.millrace.jobs.feed.InputShape;
import io.millrace.jobs.feed.Normaliser;
import io.millrace.jobs.image.Sizing;
import io.millrace.jobs.image.resample.PixelsInMemory;
import io.millrace.jobs.sampling.View;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.stats.StatsJob;
import io.millrace.jobs.testing.JobsByFlags;
import io.millrace.jobs.testing.MadeDataset;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.spec.FlagReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A dataset, the same in a smaller size, and their statistics, made once for all test classes that
 * ask for them, with the flags of trainings in phases on them.
 */
final class PhaseData implements BeforeAllCallback {
  private static final List<String> CLASSES = List.of("cat", "dog", "owl");
  private static final int LARGE = 12;
  static final int SMALL = 8;

  /** Pictures of the larger dataset; the smaller one lacks a few. */
  static final int EACH = 17;

  private static Path folder;

  @Override
  public void beforeAll(ExtensionContext context) {
    folder =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(PhaseData.class))
            .getOrComputeIfAbsent("data", key -> made(), Made.class)
            .place();
  }

  private static Made made() {
    try {
      folder = Files.createTempDirectory("millrace-phases");
      make();
      return new Made(folder);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void make() throws Exception {
    new MadeDataset(CLASSES).addEach(Split.TRAIN, EACH, LARGE).write(folder.resolve("large"));
    MadeDataset small = new MadeDataset(CLASSES);
    for (int i = 0; i < 3 * (EACH - 4); i++) {
      Picture large = MadeDataset.noise("train#" + i, i % 3, 3, LARGE, LARGE);
      byte[] pixels =
          new PixelsInMemory(large.decoded()).resized(new Sizing.Covered(SMALL, SMALL)).pixels();
      small.add(
          Split.TRAIN,
          new Picture(large.id(), large.label(), SMALL, SMALL, 3, large.encoding(), pixels));
    }
    small.write(folder.resolve("small"));
    run(new StatsJob(), Map.of("shards", at("large")), "stats");
    run(new StatsJob(), Map.of("shards", at("small")), "stats-small");
  }

  /** Where datasets and models lie, by name. */
  static Path folder() {
    return folder;
  }

  static String sizes() {
    return "[{ epochs = 1, shards = \"%s\" }, { epochs = 2 }]".formatted(at("small"));
  }

  static String at(String name) {
    return folder.resolve(name).toString();
  }

  static Map<String, String> flags(String phases) {
    return flags(phases, Map.of());
  }

  static Map<String, String> flags(String phases, Map<String, String> changed) {
    Map<String, String> flags = new HashMap<>();
    flags.put("shards", at("large"));
    flags.put("stats", at("stats"));
    flags.put("architecture", "{ name = resnet, channels = [4, 8] }");
    flags.put("schedule", "{ one-cycle { epochs = 3, lr = 0.1 } }");
    flags.put("batch", "4");
    flags.put("averaging", "{ every = 2 }");
    flags.put("validation", "20%");
    flags.put("augment", "[{ flip = horizontal }]");
    flags.putAll(changed);
    if (!phases.isEmpty()) {
      flags.put("phases", phases);
    }
    return flags;
  }

  static TrainParameters parameters(Map<String, String> flags) {
    return (TrainParameters) FlagReader.read(new TrainJob(), flags).parameters();
  }

  static TrainingPlan plan(Map<String, String> flags) {
    return Planning.of(TrainingInputs.open(parameters(flags))).plan();
  }

  static List<String> ids(View view) {
    InputShape input = InputShape.of(view);
    Normaliser none = new Normaliser(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
    List<String> ids = new ArrayList<>();
    try (Feed feed = Feed.inOrder(view, input, none, 0, view.size(), 5)) {
      while (feed.hasNext()) {
        ids.addAll(feed.next().ids());
      }
    }
    return ids;
  }

  static List<Double> rounds(String model, String figure) throws Exception {
    List<Double> figures = new ArrayList<>();
    json(model + "/record.json")
        .path("rounds")
        .forEach(it -> figures.add(it.path(figure).asDouble()));
    return figures;
  }

  static JsonNode json(String path) throws Exception {
    return new ObjectMapper().readTree(folder.resolve(path).toFile());
  }

  static <P extends Record> JobResult run(Job<P> job, Map<String, String> flags, String name)
      throws Exception {
    return run(job, flags, name, JobContext.silent());
  }

  static <P extends Record> JobResult run(
      Job<P> job, Map<String, String> flags, String name, JobContext context) throws Exception {
    return JobsByFlags.in(folder).run(job, flags, folder.resolve(name), context);
  }

  static View view(Examples examples) {
    return ((ImageExamples) examples).recipe().view();
  }

  private record Made(Path place) implements ExtensionContext.Store.CloseableResource {
    @Override
    public void close() {
      FileUtil.fullyDelete(place.toFile());
    }
  }
}
