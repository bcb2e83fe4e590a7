package io.millrace.jobs.train;

import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.schedule.Decay;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.stats.Statistics;
import io.millrace.jobs.transform.Transform;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Location;
import java.util.List;
import java.util.Optional;

/**
 * Epochs of a training that differ from the others, as configured: {@code { epochs = 1, shards =
 * "@sizes/16" }}. Training on small pictures first and then on larger ones, with the same weights,
 * is progressive resizing (Howard 2018, "Training Imagenet in 3 hours for 25 minutes"). Keys that
 * it leaves out are the stage's.
 *
 * @param epochs how many
 * @param shards the dataset, of the same classes
 * @param stats statistics that normalise its pictures
 * @param input side of the images that the network takes
 * @param augment transforms of the training images
 * @param batch images in a minibatch of each worker
 * @param lr learning rate, or its first and last, in a training without a schedule
 * @param decay the curve between both
 * @param momentum or its first and last
 * @param momentumDecay the curve between both
 * @param optimiser how gradients change the weights
 * @param freeze layers whose weights stay as they are
 */
public record Phase(
    @Key(value = "epochs that it lasts; fractions are allowed, e.g. 0.5", min = 0.001)
        double epochs,
    @Key(value = "its dataset; the stage's if not given", of = Dataset.KIND)
        Optional<Location> shards,
    @Key(value = "statistics of its pictures; the stage's if not given", of = Statistics.KIND)
        Optional<Location> stats,
    @Key(value = "side of its images; the stage's if not given", min = 1, max = 65_535)
        Optional<Integer> input,
    @Key("its transforms; the stage's if not given") Optional<List<Transform>> augment,
    @Key(value = "images in a minibatch of each worker; the stage's if not given", min = 1)
        Optional<Integer> batch,
    @Key(
            "learning rate, or [first, last], where there is no schedule; the last is 0 if only a"
                + " decay is given")
        Optional<List<Double>> lr,
    @Key("the curve from the first to the last learning rate; linear if only both are given")
        Optional<Decay> decay,
    @Key("momentum (Adam: beta 1), or [first, last], where there is no schedule; 0.9 if not given")
        Optional<List<Double>> momentum,
    @Key("the curve from the first to the last momentum; that of the learning rate if not given")
        Optional<Decay> momentumDecay,
    @Key(value = "how gradients change the weights; the stage's if not given", also = "optimizer")
        Optional<Optimiser> optimiser,
    @Key("layers whose weights stay as they are in it; the stage's if not given")
        Optional<List<String>> freeze) {}
