/**
 * A trained model as an artifact: its weights, and what one must know to use them. Trainings write
 * it, evaluation and prediction read it, and none of them needs another for that.
 */
package io.millrace.jobs.model;
