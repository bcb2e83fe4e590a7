package io.millrace.jobs.feed;

import io.millrace.jobs.cache.PictureKey;
import io.millrace.jobs.shard.Picture;

/**
 * A picture at its position of an epoch.
 *
 * @param picture as stored, or already decoded
 * @param shard index into the view's shards
 * @param key where it is stored
 * @param turn how often the epoch had it before; 0 if an epoch has each picture once
 */
record PlacedPicture(Picture picture, int shard, PictureKey key, long turn) {}
