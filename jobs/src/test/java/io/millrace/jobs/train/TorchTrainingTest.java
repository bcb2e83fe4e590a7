package io.millrace.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.engine.Network;
import io.millrace.jobs.feed.Feed;
import io.millrace.jobs.model.Model;
import io.millrace.jobs.sampling.View;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.stats.StatsJob;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.testing.JobsByFlags;
import io.millrace.jobs.testing.SmallDataset;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobResult;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings by the job with {@code engine = torch}, two learners at once in this process. */
class TorchTrainingTest {
  @TempDir static Path folder;

  private static Path shards;
  private static Path model;
  private static JobResult result;

  @BeforeAll
  static void train() throws Exception {
    shards = folder.resolve("shards");
    SmallDataset.write(shards, 150);
    run(new StatsJob(), Map.of("shards", shards.toString()), folder.resolve("stats"));
    model = folder.resolve("model");
    result = run(new TrainJob(), flags("torch"), model);
  }

  @AfterAll
  static void stop() {
    SharedSpark.stop();
  }

  @Test
  void trainingAgainGivesTheSameBits() throws Exception {
    JobResult again = run(new TrainJob(), flags("torch"), folder.resolve("again"));
    assertThat(again.digest()).isEqualTo(result.digest());
  }

  @Test
  void trainsLikeTheOtherEngine() throws Exception {
    JobResult other = run(new TrainJob(), flags("dl4j"), folder.resolve("other"));
    Map<String, String> single = new HashMap<>(flags("torch"));
    single.put("precision", "fp32");
    JobResult own = run(new TrainJob(), single, folder.resolve("single"));
    assertThat((double) own.metrics().get("loss"))
        .isCloseTo((double) other.metrics().get("loss"), within(1e-3));
  }

  @Test
  void otherEnginePredictsTheSameProbabilities() throws Exception {
    Model own = Model.open(model.toUri());
    assertThat(own.engine()).isEqualTo("torch");
    View view = View.parts(Dataset.open(shards.toUri()), Split.TRAIN, 0.2, 1).validation();
    try (Network torch = own.network(1);
        Network dl4j = own.on(Optional.of("dl4j")).network(1);
        Feed feed = Feed.inOrder(view, own.input(), own.normaliser(), 0, view.size(), 8)) {
      while (feed.hasNext()) {
        Minibatch batch = feed.next();
        assertThat(torch.predict(batch, own.loss()))
            .containsExactly(dl4j.predict(batch, own.loss()), within(1e-5f));
      }
    }
  }

  private static Map<String, String> flags(String engine) {
    return SmallTraining.flags(
        shards.toString(), folder.resolve("stats").toString(), Map.of("engine", engine));
  }

  private static <P extends Record> JobResult run(Job<P> job, Map<String, String> flags, Path root)
      throws Exception {
    return new JobsByFlags(folder, Map.of("spark.master", "local[2]"))
        .run(job, flags, root, JobContext.silent());
  }
}
