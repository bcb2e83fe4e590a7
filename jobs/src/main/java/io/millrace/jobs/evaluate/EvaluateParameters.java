package io.millrace.jobs.evaluate;

import io.millrace.jobs.model.Model;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.stats.Statistics;
import io.millrace.jobs.transform.TestTimeSet;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Location;
import java.util.Optional;

/** What the job {@code evaluate} is told. */
public record EvaluateParameters(
    @Key(value = "the dataset: a folder of shards", of = Dataset.KIND) Location shards,
    @Key(
            value =
                "the statistics that the pictures are normalised by; must be those that the model"
                    + " was trained with, which are taken where this is not given",
            of = Statistics.KIND)
        Optional<Location> stats,
    @Key(value = "the model to evaluate", of = Model.KIND) Location model,
    @Key(
            value =
                "the pictures to evaluate on: the split train, val or test of the dataset; or"
                    + " held-out, those that the model's own training kept for validation",
            or = "test",
            also = "split")
        Portion portion,
    @Key(
            value =
                "forms of each picture whose predictions are averaged: none, flip (it and its"
                    + " mirror image), five-crop (corners and middle) or ten-crop (these and those"
                    + " of the mirror image)",
            or = "none")
        TestTimeSet tta,
    @Key(value = "pictures a prediction takes at once", or = "250", min = 1, max = 65536) int batch,
    @Key(
            value =
                "a prediction counts as right in top-k if the true class is among the k likeliest",
            or = "5",
            min = 1)
        int topK,
    @Key(value = "how many of the worst mistakes and of the least sure to list", or = "20", min = 0)
        int worst,
    @Key(value = "native threads of each task", or = "1", min = 1, formerly = "threads-per-worker")
        int threads,
    @Key("the deep-learning engine; the one that the model was trained with if not given")
        Optional<String> engine) {}
