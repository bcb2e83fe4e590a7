package io.millrace.jobs.stats;

import io.millrace.jobs.shard.Split;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Location;

/** The keys of a stats stage. */
public record StatsParameters(
    @Key("the dataset: @stage, or the folder that ingest made") Location shards,
    @Key(value = "the split to measure", or = "train") Split split) {}
