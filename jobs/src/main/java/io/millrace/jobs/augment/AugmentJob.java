package io.millrace.jobs.augment;

import io.millrace.jobs.datasetcard.DatasetCard;
import io.millrace.jobs.datasetcard.DatasetFacts;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.page.Thumbnails;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.transform.Chain;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.card.Fact;
import io.millrace.pipeline.job.CardRequest;
import io.millrace.pipeline.job.FactsRequest;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes shards of augmented variants of pictures, or of the same pictures at several sizes. */
public final class AugmentJob implements Job<AugmentParameters> {
  private static final long ROOM_FOR_TRANSFORMS = 600_000;

  @Override
  public String name() {
    return "augment";
  }

  @Override
  public String makes() {
    return Dataset.KIND;
  }

  @Override
  public int version() {
    return 3;
  }

  @Override
  public String summary() {
    return "Write augmented variants of every picture, or a pyramid of sizes, as new shards.";
  }

  @Override
  public List<String> examples() {
    return List.of(
        "millrace augment --shards shards/cifar10 --copies 4 --output shards/cifar10-x4"
            + " --transforms '[{ pad-reflect = 4 }, { random-crop = 32 }, { flip = horizontal }]'",
        "millrace augment --shards shards/imagenet --pyramid '[64, 128, 224]' --output"
            + " shards/imagenet-pyramid");
  }

  @Override
  public Class<AugmentParameters> parameters() {
    return AugmentParameters.class;
  }

  @Override
  public List<Problem> check(AugmentParameters parameters) {
    Chain chain = new Chain(parameters.transforms());
    return chain
        .problemAlone()
        .or(chain::problem)
        .map(why -> new Problem("transforms", why))
        .stream()
        .toList();
  }

  /**
   * Writes shards, {@code .huggingface.yaml} and {@code _dataset.json}; for a pyramid, in a folder
   * for each size.
   *
   * @throws io.millrace.pipeline.CannotException if the dataset can't be opened, a shard is
   *     damaged, or a transform does not fit a picture, which the message names
   */
  @Override
  public JobResult run(JobRequest<AugmentParameters> request, JobContext context)
      throws IOException {
    return new Materialising(request, context).run();
  }

  @Override
  public Card card(CardRequest request) throws IOException {
    Optional<URI> artifact = request.artifact();
    if (artifact.isEmpty()) {
      return Card.EMPTY;
    }
    JobFiles files = JobFiles.in(artifact.get());
    List<Block> blocks = new ArrayList<>();
    if (files.read(Dataset.FILE).isPresent()) {
      blocks.addAll(DatasetCard.of(artifact.get()).blocks());
    }
    for (int size : Pyramid.sizes(files)) {
      blocks.add(new Block.Fold(size + " x " + size, sized(artifact.get(), size)));
    }
    blocks.addAll(KeptRows.of(files).blocks(new Thumbnails(ROOM_FOR_TRANSFORMS)));
    return new Card(blocks);
  }

  /** A pyramid has none: each of its sizes is a dataset of its own. */
  @Override
  public Optional<String> contentsFile() {
    return Optional.of(Dataset.FILE);
  }

  @Override
  public List<Fact> facts(FactsRequest request) {
    return DatasetFacts.of(request.artifact());
  }

  private static List<Block> sized(URI artifact, int size) throws IOException {
    return DatasetCard.of(Pyramid.folder(artifact, size)).blocks();
  }
}
