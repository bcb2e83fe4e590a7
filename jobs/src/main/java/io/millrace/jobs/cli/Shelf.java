package io.millrace.jobs.cli;

/** The parts of the list of commands, in its order. */
enum Shelf {
  PIPELINES("Pipelines"),
  DATA("Data, models and results"),
  JOBS("One job by flags"),
  MILLRACE("Millrace itself");

  private final String heading;

  Shelf(String heading) {
    this.heading = heading;
  }

  String heading() {
    return heading;
  }
}
