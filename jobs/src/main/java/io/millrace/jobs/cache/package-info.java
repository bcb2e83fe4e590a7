/**
 * What was read or decoded before, kept within stated limits of memory and local disk: row groups,
 * decoded pixels, copies of remote shards. Nothing in it changes what comes out, only when. It may
 * touch spark (for its local folder), files, image and shard.
 */
package io.millrace.jobs.cache;
