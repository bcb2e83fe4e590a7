package io.millrace.jobs.export;

/**
 * What an export left.
 *
 * @param pictures files of pictures
 * @param bytes that these take
 */
public record Exported(long pictures, long bytes) {}
