/**
 * A trained model as an artifact: its weights, and the data that is needed to use them. Trainings
 * write it; evaluation and prediction read it without depending on the rooms of training.
 */
package io.millrace.jobs.model;
