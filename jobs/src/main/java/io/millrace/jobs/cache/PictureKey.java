package io.millrace.jobs.cache;

/**
 * Where a stored picture is.
 *
 * @param checksum of the shard
 * @param group index of the row group
 * @param row index of the row in the row group
 */
public record PictureKey(String checksum, int group, int row) {}
