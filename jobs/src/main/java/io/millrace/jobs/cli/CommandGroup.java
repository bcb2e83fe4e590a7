package io.millrace.jobs.cli;

/** The groups of the list of commands, in its order. */
enum CommandGroup {
  PIPELINES("Pipelines"),
  DATA("Data, models and results"),
  JOBS("One job by flags"),
  MILLRACE("Millrace itself");

  private final String heading;

  CommandGroup(String heading) {
    this.heading = heading;
  }

  String heading() {
    return heading;
  }
}
