package io.millrace.jobs.train;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.averaging.Averaging;
import io.millrace.jobs.engine.Engines;
import io.millrace.jobs.engine.Precision;
import io.millrace.jobs.model.Model;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.sampling.Shuffle;
import io.millrace.jobs.schedule.Schedule;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.stats.Statistics;
import io.millrace.jobs.transform.Transform;
import io.millrace.jobs.weights.Head;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Keys;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.job.Share;
import java.util.List;
import java.util.Optional;

/** The keys of a train stage. */
public record TrainParameters(
    @Key(value = "the dataset: an artifact of ingest", of = Dataset.KIND) Location shards,
    @Key(value = "its statistics: an artifact of stats", of = Statistics.KIND) Location stats,
    @Key(value = "the split to train on", or = "train") Split split,
    @Key("the network") Architecture architecture,
    @Key(value = "the deep-learning engine", or = Engines.DEFAULT) String engine,
    @Key(
            value =
                "what networks compute in: fp32, bf16, fp16 (on GPUs alone), or auto, which is bf16"
                    + " where the engine and the processor or GPU have it, else fp32; weights,"
                    + " averages and checkpoints are always fp32",
            or = "auto")
        Precision precision,
    @Key(value = "workers whose weights are averaged", or = "2", min = 1) int workers,
    @Key(value = "images in a minibatch of each worker", or = "64", min = 1) int batch,
    @Key(value = "how often weights are averaged, and by which implementation", or = "{}")
        Averaging averaging,
    @Key(value = "transforms of the training images, in order", or = "[]") List<Transform> augment,
    @Key(
            value =
                "side of the square images that the network takes: the transforms must give it, and"
                    + " validation and evaluation resize pictures to it; the pictures' own size if"
                    + " not given",
            min = 1,
            max = 65_535)
        Optional<Integer> input,
    @Key(value = "how gradients change the weights", or = "{ sgd {} }", also = "optimizer")
        Optimiser optimiser,
    @Key(
            "learning rate and momentum over the epochs; it may be left out if every part in phases"
                + " has a learning rate of its own")
        Optional<Schedule> schedule,
    @Key(
            value =
                "parts of the training, one after the other under one schedule, e.g. small pictures"
                    + " first: [{ epochs = 1, shards = \"@sizes/16\" }, { epochs = 2 }]; shards,"
                    + " stats, input, augment, batch, optimiser and freeze are the stage's where a part"
                    + " leaves them out; without a schedule each has lr, and decay, momentum and"
                    + " momentum-decay where they are wanted",
            or = "[]")
        List<Phase> phases,
    @Key(value = "seed of weights, order and augmentation", or = "1") long seed,
    @Key(value = "native threads of each worker", or = "1", min = 1, max = 1024)
        int threadsPerWorker,
    @Key(
            value = "share of the split, drawn by seed and id, that is kept for validation",
            or = "0",
            min = 0,
            max = 0.99)
        Share validation,
    @Key(value = "how the images of an epoch are shuffled", or = "{ block {} }") Shuffle shuffle,
    @Key(
            value =
                "whether each worker leaves out the last minibatch of an epoch if it is not full;"
                    + " the images in it differ from epoch to epoch, since they are shuffled",
            or = "false")
        boolean dropLast,
    @Key(
            value =
                "ends the training as failed when the smoothed loss is above so many times its"
                    + " lowest, e.g. 4",
            min = 1)
        Optional<Double> stopDiv,
    @Key(
            value = "threads, memory and disk for making minibatches in advance",
            or = "{}",
            affectsResult = false)
        FeedKeys feed,
    @Key(
            value = "when checkpoints are written, from which a training resumes",
            or = "{}",
            affectsResult = false)
        Checkpointing checkpoint,
    @Key(
            value =
                "weights to begin with instead of the seed's: a model (an artifact of train or"
                    + " import), or a file of safetensors or PyTorch",
            of = Model.KIND)
        Optional<Location> start,
    @Key(
            "what becomes of the last linear map of start: keep (its classes are the dataset's; the"
                + " default) or new (it begins afresh, from the seed)")
        Optional<Head> head,
    @Keys FittingKeys fitting) {
  /**
   * The schedule: that of its own key, or of the keys of its phases.
   *
   * @throws IllegalArgumentException if there is none, or a phase's rates can't be used
   */
  public Schedule plannedSchedule() {
    return TrainingSchedule.of(this);
  }

  /** The same with another optimiser. */
  TrainParameters with(Optimiser other) {
    return changed(
        shards, stats, averaging, batch, augment, input, other, schedule, phases, fitting);
  }

  /** The same without phases, by another schedule and averaging. */
  TrainParameters with(Schedule other, Averaging how) {
    return changed(
        shards,
        stats,
        how,
        batch,
        augment,
        input,
        optimiser,
        Optional.of(other),
        List.of(),
        fitting);
  }

  /** The parameters during a phase, without further phases. */
  TrainParameters during(Phase phase) {
    return changed(
        phase.shards().orElse(shards),
        phase.stats().orElse(stats),
        averaging,
        phase.batch().orElse(batch),
        phase.augment().orElse(augment),
        phase.input().or(() -> input),
        phase.optimiser().orElse(optimiser),
        schedule,
        List.of(),
        fitting.during(phase));
  }

  private TrainParameters changed(
      Location shards,
      Location stats,
      Averaging averaging,
      int batch,
      List<Transform> augment,
      Optional<Integer> input,
      Optimiser optimiser,
      Optional<Schedule> schedule,
      List<Phase> phases,
      FittingKeys fitting) {
    return new TrainParameters(
        shards,
        stats,
        split,
        architecture,
        engine,
        precision,
        workers,
        batch,
        averaging,
        augment,
        input,
        optimiser,
        schedule,
        phases,
        seed,
        threadsPerWorker,
        validation,
        shuffle,
        dropLast,
        stopDiv,
        feed,
        checkpoint,
        start,
        head,
        fitting);
  }
}
