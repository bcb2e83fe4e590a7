package io.millrace.jobs.export;

/**
 * The result of an export.
 *
 * @param pictures how many files of pictures
 * @param bytes of these files together
 */
public record Exported(long pictures, long bytes) {}
