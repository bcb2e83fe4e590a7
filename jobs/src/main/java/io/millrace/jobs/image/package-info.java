/**
 * One image in memory: its pixels, its size, its encoding. Subpackages read, decode and resize
 * images.
 */
package io.millrace.jobs.image;
