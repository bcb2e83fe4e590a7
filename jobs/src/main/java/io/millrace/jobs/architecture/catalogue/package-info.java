/**
 * The networks that come with Millrace, one in each file, with the lesson or paper that it is from.
 */
package io.millrace.jobs.architecture.catalogue;
