package io.millrace.jobs.evaluate;

import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;

/** A model and a dataset to {@code evaluation.json}. */
public final class EvaluateJob implements Job<EvaluateParameters> {
  @Override
  public String name() {
    return "evaluate";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String summary() {
    return "Measure a model on labelled pictures: accuracy, confusion, worst mistakes.";
  }

  @Override
  public String example() {
    return "millrace evaluate --shards shards/cifar10 --model models/cifar10 --output test";
  }

  @Override
  public Class<EvaluateParameters> parameters() {
    return EvaluateParameters.class;
  }

  @Override
  public JobResult run(JobRequest<EvaluateParameters> request, JobContext context) {
    throw new UnsupportedOperationException("" + request);
  }
}
