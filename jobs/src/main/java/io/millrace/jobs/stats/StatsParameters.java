package io.millrace.jobs.stats;

import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Split;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Location;

/** The keys of a stats stage. */
public record StatsParameters(
    @Key(value = "the dataset: @stage, or the folder that ingest made", of = Dataset.KIND)
        Location shards,
    @Key(value = "the split to measure", or = "train") Split split) {}
