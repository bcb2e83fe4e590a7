package io.millrace.jobs.ingest;

import io.millrace.jobs.source.Source;
import io.millrace.pipeline.job.ByteSize;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Share;

/** The keys of an ingest stage. */
public record IngestParameters(
    @Key("the pictures: their format and place") Source source,
    @Key(value = "how pictures are converted", or = "{}") Images images,
    @Key(
            value =
                "how the pictures are shuffled: full (by seed and id; any beginning of a split is"
                    + " a fair sample), or none (in the source's order: containers are read from"
                    + " beginning to end, which suits hard disks and object stores)",
            or = "full",
            formerly = "order")
        Order shuffle,
    @Key(
            value =
                "the approximate size of a shard, in bytes of pictures; a small dataset has smaller"
                    + " shards, so that there is work for several tasks",
            or = "128MB",
            min = 1)
        ByteSize shardBytes,
    @Key(
            value =
                "the share of records that may be damaged and is quarantined with reasons; with"
                    + " more the stage fails",
            or = "1%")
        Share maxQuarantine,
    @Key(
            value =
                "what to do with pictures without a label: keep (training on them is refused), or"
                    + " leave-out",
            or = "keep")
        Unlabelled unlabelled,
    @Key(
            value = "seed of the order, the sample and the choice of pictures of a limited class",
            or = "1")
        long seed) {}
