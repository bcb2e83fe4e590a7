/**
 * Transforms of one picture and their composition, as data and as the code that applies them. Every
 * draw comes from (seed, epoch, image id, place in the chain), so that a picture looks the same for
 * any number of tasks, threads and workers.
 */
package io.millrace.jobs.transform;
