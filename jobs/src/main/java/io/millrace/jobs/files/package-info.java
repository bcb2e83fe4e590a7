/**
 * Files on any Hadoop file system, as jobs read and write them: local disks without checksum files
 * beside, names as a person writes them. It touches Hadoop, and asks Spark what it was told about
 * file systems.
 */
package io.millrace.jobs.files;
