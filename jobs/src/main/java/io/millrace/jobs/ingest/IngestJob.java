package io.millrace.jobs.ingest;

import io.millrace.jobs.datasetcard.DatasetCard;
import io.millrace.jobs.datasetcard.DatasetFacts;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.source.Source;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.card.Fact;
import io.millrace.pipeline.job.CardRequest;
import io.millrace.pipeline.job.FactsRequest;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.job.Location;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes Parquet shards from a source. */
public final class IngestJob implements Job<IngestParameters> {
  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public String makes() {
    return Dataset.KIND;
  }

  @Override
  public int version() {
    return 4;
  }

  @Override
  public String summary() {
    return "Turn pictures into Parquet shards; damaged ones are quarantined with a reason.";
  }

  @Override
  public List<String> examples() {
    return List.of(
        "millrace ingest --format cifar10 --path cifar-10-binary.tar.gz --output shards/cifar10",
        "millrace ingest --format imagenet --path ILSVRC2012_img_train.tar --shorter 256 --crop 224"
            + " --store '{ jpeg = 90 }' --output shards/imagenet",
        "millrace ingest --format lsun --path bedroom_train_lmdb --sample 10% --shorter 128"
            + " --output shards/bedroom",
        "millrace ingest --format folder --path dogscats/train --from-name '^(cat|dog)' --output"
            + " shards/dogscats");
  }

  @Override
  public Class<IngestParameters> parameters() {
    return IngestParameters.class;
  }

  @Override
  public OptionalLong spaceNeeded(IngestParameters parameters) {
    Source source = parameters.source();
    return source.places().stream().anyMatch(Location::isReference)
        ? OptionalLong.empty()
        : source.estimatedBytes();
  }

  /**
   * Writes shards, {@code _quarantine}, {@code .huggingface.yaml} and {@code _dataset.json}.
   *
   * @throws io.millrace.pipeline.CannotException if the source can't be opened, two pictures have
   *     one id, nothing is usable, or more than {@code max-quarantine} of it is damaged
   */
  @Override
  public JobResult run(JobRequest<IngestParameters> request, JobContext context)
      throws IOException {
    return new Ingest(request, context).run();
  }

  @Override
  public Card card(CardRequest request) throws IOException {
    return request.artifact().isPresent() ? DatasetCard.of(request.artifact().get()) : Card.EMPTY;
  }

  @Override
  public Optional<String> contentsFile() {
    return Optional.of(Dataset.FILE);
  }

  @Override
  public List<Fact> facts(FactsRequest request) {
    return DatasetFacts.of(request.artifact());
  }
}
