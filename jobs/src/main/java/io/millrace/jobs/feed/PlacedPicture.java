package io.millrace.jobs.feed;

import io.millrace.jobs.cache.PictureKey;
import io.millrace.jobs.shard.Picture;

/**
 * A picture at its position of an epoch.
 *
 * @param picture as stored, or as decoded before
 * @param shard index into the view's shards
 * @param key where it is stored
 * @param turn 0 unless the epoch may have it several times; then another one each time
 */
record PlacedPicture(Picture picture, int shard, PictureKey key, long turn) {}
