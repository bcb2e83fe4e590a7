package io.millrace.jobs.augment;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.Counts;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.DatasetFeatures;
import io.millrace.jobs.shard.IgnoredFiles;
import io.millrace.jobs.shard.ResumableShards;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.spark.SparkTasks;
import io.millrace.jobs.stats.Statistics;
import io.millrace.jobs.transform.Chain;
import io.millrace.jobs.transform.Levels;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.store.Digests;
import io.millrace.pipeline.text.Amounts;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One augment stage: a task for each shard and variant, then the manifests. Shards are written to a
 * folder that survives a killed attempt, and moved when all are written.
 */
final class Materialising {
  private final JobRequest<AugmentParameters> request;
  private final JobContext context;
  private final AugmentParameters parameters;
  private final Dataset dataset;
  private final ShardMaking making;

  Materialising(JobRequest<AugmentParameters> request, JobContext context) {
    this.request = request;
    this.context = context;
    this.parameters = request.parameters();
    this.dataset = Dataset.open(JobFiles.uri(parameters.shards().text()));
    Levels levels =
        parameters
            .stats()
            .map(stats -> Levels.of(Statistics.open(JobFiles.uri(stats.text()))))
            .orElse(Levels.UNKNOWN);
    this.making =
        new ShardMaking(
            dataset.root(),
            dataset.classNames(),
            request.unfinished(),
            new Chain(parameters.transforms()),
            levels,
            parameters.pyramid(),
            parameters.store(),
            parameters.seed());
  }

  JobResult run() throws IOException {
    List<VariantPlan> plans = plans();
    if (plans.isEmpty()) {
      throw new CannotException(
          "augment " + JobFiles.shown(dataset.root()), "there is no picture in it");
    }
    ResumableShards<VariantPlan, MadeShards> shards =
        new ResumableShards<>(
            making.into(),
            making.folders(),
            "augment",
            MadeShards.class,
            new VariantShards(making.folders()));
    List<MadeShards> made =
        shards.make(
            plans,
            context,
            (rest, done) ->
                SparkTasks.run(
                    SharedSpark.context(request, context),
                    "augment " + request.stage(),
                    rest,
                    making,
                    done));
    shards.moveTo(JobFiles.in(request.staging()));
    JobResult result = publish(made);
    KeptRows.draw(request.staging(), dataset, making, context);
    return result;
  }

  /** A shard of each variant of each shard: the first variants of all pictures come first. */
  private List<VariantPlan> plans() {
    List<VariantPlan> plans = new ArrayList<>();
    for (Split split : Split.values()) {
      int index = 0;
      for (int variant = 0; variant < parameters.copies(); variant++) {
        for (ShardEntry shard : dataset.shards(split)) {
          plans.add(new VariantPlan(shard, variant, index++));
        }
      }
    }
    return plans;
  }

  /** Writes the manifests of the shards in the artifact. */
  private JobResult publish(List<MadeShards> made) throws IOException {
    List<String> digests = new ArrayList<>();
    int sizes = making.folders().size();
    for (int i = 0; i < sizes; i++) {
      int size = i;
      URI root =
          parameters.pyramid().isEmpty()
              ? request.staging()
              : Pyramid.folder(request.staging(), parameters.pyramid().get(i));
      Dataset one = manifest(root, made.stream().map(it -> it.shards().get(size)).toList());
      DatasetFeatures.write(one, Set.of(parameters.store().encoding()));
      one.write();
      digests.add(one.digest());
    }
    return result(made, digests);
  }

  private Dataset manifest(URI root, List<ShardEntry> unsorted) {
    List<ShardEntry> shards =
        unsorted.stream().sorted(Comparator.comparing(ShardEntry::path)).toList();
    long pictures = shards.stream().mapToLong(ShardEntry::rows).sum();
    Map<String, List<Long>> classCounts = new LinkedHashMap<>();
    dataset
        .classCounts()
        .forEach(
            (split, counts) ->
                classCounts.put(
                    split, counts.stream().map(it -> it * parameters.copies()).toList()));
    Map<String, String> source = new LinkedHashMap<>(dataset.source());
    source.put("augmented", dataset.digest());
    return new Dataset(
        root,
        Dataset.digestOf(shards, dataset.classNames()),
        dataset.classNames(),
        new Counts(pictures, pictures, 0, 0, 0),
        classCounts,
        source,
        shards,
        dataset.synsets(),
        Map.of(),
        new IgnoredFiles(),
        dataset.variantDepth() + (parameters.transforms().isEmpty() ? 0 : 1));
  }

  private JobResult result(List<MadeShards> made, List<String> digests) {
    long pictures = made.stream().mapToLong(MadeShards::pictures).sum();
    long bytes =
        made.stream().flatMap(it -> it.shards().stream()).mapToLong(ShardEntry::bytes).sum();
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("images", pictures * digests.size());
    metrics.put("shards", made.size() * digests.size());
    metrics.put("bytes", bytes);
    String headline = Amounts.count(pictures, "image");
    if (!parameters.pyramid().isEmpty()) {
      headline +=
          parameters.pyramid().stream()
              .map(String::valueOf)
              .collect(Collectors.joining(", ", " at ", " pixels"));
    } else if (parameters.copies() > 1) {
      headline += ", " + parameters.copies() + " of each";
    }
    String digest =
        parameters.pyramid().isEmpty() ? digests.get(0) : Digests.of(String.join("\n", digests));
    return new JobResult(digest, metrics, headline);
  }
}
