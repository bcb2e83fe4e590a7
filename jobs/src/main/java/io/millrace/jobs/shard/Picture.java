package io.millrace.jobs.shard;

import io.millrace.jobs.image.Encoding;

/**
 * One row of a shard.
 *
 * @param id unique in the dataset
 * @param label the class's number, -1 = none
 * @param height of the picture as decoded, in pixels
 * @param width of the picture as decoded, in pixels
 * @param channels 1 or 3, of the picture as decoded
 * @param encoding how {@code image} is to be read
 * @param image the stored bytes; not copied
 */
public record Picture(
    String id, int label, int height, int width, int channels, Encoding encoding, byte[] image) {}
