/**
 * Files on any Hadoop file system, as jobs read and write them: local disks without checksum files
 * beside, names as a person writes them.
 */
package io.millrace.jobs.files;
