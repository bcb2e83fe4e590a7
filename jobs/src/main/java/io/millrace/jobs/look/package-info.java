/**
 * Describes the pictures of a dataset, so that a person sees what is in it: sizes, light, equal
 * pictures, a large gallery. All threads of this JVM decode; nothing is written, and what is found
 * is the same for any number of threads.
 */
package io.millrace.jobs.look;
