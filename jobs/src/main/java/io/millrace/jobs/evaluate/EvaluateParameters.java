package io.millrace.jobs.evaluate;

import io.millrace.jobs.model.Model;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.stats.Statistics;
import io.millrace.jobs.transform.TestTimeSet;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Location;
import java.util.Optional;

/** The keys of an evaluate stage. */
public record EvaluateParameters(
    @Key(value = "the dataset: a folder of shards", of = Dataset.KIND) Location shards,
    @Key(
            value =
                "the statistics for normalising the pictures; they must be those that the model was"
                    + " trained with, which is also the default",
            of = Statistics.KIND)
        Optional<Location> stats,
    @Key(value = "the model to evaluate", of = Model.KIND) Location model,
    @Key(
            value =
                "the pictures to evaluate on: the split train, val or test of the dataset; or"
                    + " held-out, those that the model's own training held out for validation",
            or = "test",
            also = "split")
        Portion portion,
    @Key(
            value =
                "variants of each picture whose predictions are averaged: none, flip (the picture"
                    + " and its mirror image), five-crop (corners and centre) or ten-crop (five"
                    + " crops of the picture and five of its mirror image)",
            or = "none")
        TestTimeSet tta,
    @Key(value = "how many pictures are predicted at once", or = "250", min = 1, max = 65536)
        int batch,
    @Key(
            value =
                "a prediction counts as right in top-k if the true class is among the k most"
                    + " probable",
            or = "5",
            min = 1)
        int topK,
    @Key(
            value = "how many of the worst mistakes and of the least certain predictions to list",
            or = "20",
            min = 0)
        int worst,
    @Key(value = "native threads of each task", or = "1", min = 1, formerly = "threads-per-worker")
        int threads,
    @Key("the deep-learning engine; if not given, the one that the model was trained with")
        Optional<String> engine) {}
