/**
 * Which pictures of a dataset take part, and in what order an epoch visits them: a pure function of
 * (seed, epoch, position). It reads ids and labels and never a picture.
 */
package io.millrace.jobs.sampling;
