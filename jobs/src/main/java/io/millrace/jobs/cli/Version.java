package io.millrace.jobs.cli;

/** Millrace's version, as the assembled jar's manifest says. */
final class Version {
  private Version() {}

  static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(unpackaged)" : version;
  }
}
