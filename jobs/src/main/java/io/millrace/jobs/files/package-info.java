/**
 * Reads and writes jobs' files on any Hadoop file system; on local disks without Hadoop's checksum
 * files.
 */
package io.millrace.jobs.files;
