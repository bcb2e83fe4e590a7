/**
 * One image in memory: its pixels, its size, how its bytes are encoded. What reads, decodes and
 * resizes images is in the rooms below.
 */
package io.millrace.jobs.image;
