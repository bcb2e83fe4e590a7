package io.millrace.jobs.engine;

/** What a learner may need from an engine beyond the passes of a supervised training. */
public enum Ability {
  /** The gradient with respect to a network's input, as generative networks need it. */
  INPUT_GRADIENT,
  /** Several forward passes of one network before their backward passes. */
  OPEN_PASSES
}
