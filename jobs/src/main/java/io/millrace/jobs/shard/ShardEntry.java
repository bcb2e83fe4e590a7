package io.millrace.jobs.shard;

import java.io.Serializable;
import java.util.List;

/**
 * One shard as the dataset's manifest lists it.
 *
 * @param path relative to the dataset, e.g. {@code split=train/part-00000.parquet}
 * @param split the split of all its rows
 * @param rows images in it
 * @param bytes length of the file
 * @param checksum SHA-256 of the file, hex
 * @param rowGroups rows of each row group, in order
 */
public record ShardEntry(
    String path, Split split, int rows, long bytes, String checksum, List<Integer> rowGroups)
    implements Serializable {}
