package io.millrace.jobs.train;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.averaging.Averaging;
import io.millrace.jobs.engine.Engines;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.sampling.Shuffle;
import io.millrace.jobs.schedule.Schedule;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.stats.Statistics;
import io.millrace.jobs.transform.Transform;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.job.Share;
import java.util.List;
import java.util.Optional;

/** What {@code train} is told. */
public record TrainParameters(
    @Key(value = "the dataset: an artifact of ingest", of = Dataset.KIND) Location shards,
    @Key(value = "its statistics: an artifact of stats", of = Statistics.KIND) Location stats,
    @Key(value = "the split to train on", or = "train") Split split,
    @Key("the network") Architecture architecture,
    @Key(value = "the deep-learning engine", or = Engines.DEFAULT) String engine,
    @Key(value = "workers whose weights are averaged", or = "2", min = 1) int workers,
    @Key(value = "images in a minibatch of each worker", or = "64", min = 1) int batch,
    @Key(value = "how often weights are averaged, and by whom", or = "{}") Averaging averaging,
    @Key(value = "transforms of the training images, in order", or = "[]") List<Transform> augment,
    @Key(
            value =
                "side of the square images that the network takes, which the transforms must end"
                    + " in; validation and evaluation bring pictures to it; the pictures' own size"
                    + " if not given",
            min = 1,
            max = 65_535)
        Optional<Integer> input,
    @Key(value = "how a gradient becomes a step", or = "{ sgd {} }", also = "optimizer")
        Optimiser optimiser,
    @Key("learning rate and momentum over the epochs") Schedule schedule,
    @Key(
            value =
                "parts of the training, one after the other under the one schedule, e.g. small"
                    + " pictures first: [{ epochs = 1, shards = \"@sizes/16\" }, { epochs = 2 }];"
                    + " what a part does not say of shards, stats, input, augment and batch is the"
                    + " stage's",
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
    @Key(value = "how an epoch's order is drawn", or = "{ block {} }") Shuffle shuffle,
    @Key(
            value =
                "whether each worker leaves out the end of an epoch that does not fill a minibatch;"
                    + " other images in each epoch, since they are shuffled",
            or = "false")
        boolean dropLast,
    @Key(value = "what making minibatches ahead of use may take", or = "{}", affectsResult = false)
        FeedKeys feed,
    @Key(value = "when a training can be resumed from", or = "{}", affectsResult = false)
        Checkpointing checkpoint) {
  /** The same training at a phase of it, which has no phases itself. */
  TrainParameters during(Phase phase) {
    return new TrainParameters(
        phase.shards().orElse(shards),
        phase.stats().orElse(stats),
        split,
        architecture,
        engine,
        workers,
        phase.batch().orElse(batch),
        averaging,
        phase.augment().orElse(augment),
        phase.input().or(() -> input),
        optimiser,
        schedule,
        List.of(),
        seed,
        threadsPerWorker,
        validation,
        shuffle,
        dropLast,
        feed,
        checkpoint);
  }
}
