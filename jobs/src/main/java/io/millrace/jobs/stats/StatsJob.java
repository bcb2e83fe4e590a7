package io.millrace.jobs.stats;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.spark.SparkTasks;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.card.Fact;
import io.millrace.pipeline.job.CardRequest;
import io.millrace.pipeline.job.FactsRequest;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.text.ValueText;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Exact channel statistics of one split of a dataset. */
public final class StatsJob implements Job<StatsParameters> {
  /** Bytes that {@code stats.json} takes, at most. */
  private static final long SPACE = 100_000;

  @Override
  public String name() {
    return "stats";
  }

  @Override
  public String makes() {
    return Statistics.KIND;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String summary() {
    return "Compute exact channel statistics: mean, deviation, range and histogram.";
  }

  @Override
  public List<String> examples() {
    return List.of("millrace stats --shards shards/cifar10 --split train --output stats/cifar10");
  }

  @Override
  public Class<StatsParameters> parameters() {
    return StatsParameters.class;
  }

  @Override
  public OptionalLong spaceNeeded(StatsParameters parameters) {
    return OptionalLong.of(SPACE);
  }

  /**
   * Writes {@code stats.json}.
   *
   * @throws CannotException if the split is empty, a shard is damaged, or pictures differ in their
   *     number of channels
   */
  @Override
  public JobResult run(JobRequest<StatsParameters> request, JobContext context) throws IOException {
    Split split = request.parameters().split();
    URI root = JobFiles.uri(request.parameters().shards().text());
    Dataset dataset = Dataset.open(root);
    List<ShardEntry> shards = dataset.shards(split);
    if (shards.isEmpty()) {
      throw new CannotException(
          "compute statistics of " + JobFiles.shown(root),
          "its split '" + split.text() + "' is empty; it has " + splits(dataset));
    }
    Histograms histograms = null;
    List<Histograms> parts;
    try (JobContext.Progress progress =
        context.progress("stats", dataset.images(split), "images")) {
      parts =
          SparkTasks.run(
              SharedSpark.context(request, context),
              "stats " + request.stage(),
              shards,
              new HistogramTask(root),
              part -> progress.advance(part.images()));
    }
    for (Histograms part : parts) {
      if (histograms == null) {
        histograms = new Histograms(part.channels());
      }
      if (histograms.channels() != part.channels()) {
        throw HistogramTask.mixed("a shard", part.channels(), histograms.channels());
      }
      histograms.add(part);
    }
    return result(request, split, histograms);
  }

  @Override
  public Card card(CardRequest request) {
    return request
        .artifact()
        .map(StatisticsFile::open)
        .map(StatisticsFile::card)
        .orElse(Card.EMPTY);
  }

  @Override
  public Optional<String> contentsFile() {
    return Optional.of(Statistics.FILE);
  }

  @Override
  public List<Fact> facts(FactsRequest request) {
    return StatsFacts.rows(
        Statistics.open(request.artifact()), String.valueOf(request.contents().get("split")));
  }

  private static JobResult result(
      JobRequest<StatsParameters> request, Split split, Histograms histograms) throws IOException {
    List<ChannelFigures> channels =
        IntStream.range(0, histograms.channels())
            .mapToObj(c -> ChannelFigures.of(histograms.channel(c)))
            .toList();
    Statistics statistics = Statistics.of(histograms, channels);
    StatisticsFile.of(statistics, split, histograms, channels).write(request.staging());
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("images", statistics.images());
    metrics.put("mean", statistics.mean());
    metrics.put("std", statistics.std());
    return new JobResult(
        statistics.digest(),
        metrics,
        "mean " + text(statistics.mean()) + ", std " + text(statistics.std()));
  }

  private static String text(List<Double> values) {
    return values.stream().map(ValueText::fraction).collect(Collectors.joining(" "));
  }

  private static String splits(Dataset dataset) {
    return dataset.shards().stream()
        .map(shard -> shard.split().text())
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
