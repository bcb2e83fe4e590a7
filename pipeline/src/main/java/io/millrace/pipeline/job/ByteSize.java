package io.millrace.pipeline.job;

import java.io.Serializable;

/**
 * A number of bytes, written {@code 128MB}, {@code 64KiB} or a plain number; units as in HOCON's
 * size format (MB = 10^6, MiB = 2^20).
 *
 * @param bytes at least 0
 */
public record ByteSize(long bytes) implements Serializable {}
