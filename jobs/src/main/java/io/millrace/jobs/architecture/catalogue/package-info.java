/** The networks that Millrace brings, a file each, with the lesson or paper that each is from. */
package io.millrace.jobs.architecture.catalogue;
