package io.millrace.jobs.ingest;

import io.millrace.jobs.source.Source;
import io.millrace.pipeline.job.ByteSize;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Share;

/** The keys of an ingest stage. */
public record IngestParameters(
    @Key("the pictures: their format and where they lie") Source source,
    @Key(value = "what is made of them", or = "{}") Images images,
    @Key(
            value =
                "how the pictures are shuffled: full (by seed and id, so that any prefix is a fair"
                    + " sample), or none (as the source has them: containers are read from end to"
                    + " end, for hard disks and object stores)",
            or = "full",
            formerly = "order")
        Order shuffle,
    @Key(
            value =
                "the size of a shard, in bytes of pictures, about; a small dataset is cut smaller, so"
                    + " that tasks have work",
            or = "128MB",
            min = 1)
        ByteSize shardBytes,
    @Key(
            value =
                "the share of records that may be damaged: above it the stage fails, below it they"
                    + " are kept apart with a reason",
            or = "1%")
        Share maxQuarantine,
    @Key(
            value = "pictures without a label: keep (a training on them is refused), or leave-out",
            or = "keep")
        Unlabelled unlabelled,
    @Key(value = "draws the order, the sample and the pictures of a limited class", or = "1")
        long seed) {}
