package io.millrace.jobs.spark;

/** Millrace's version, as the assembled jar's manifest says. */
public final class Version {
  private Version() {}

  /** E.g. {@code 0.1.0}; {@code (unpackaged)} if it does not run from a jar. */
  public static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(unpackaged)" : version;
  }
}
