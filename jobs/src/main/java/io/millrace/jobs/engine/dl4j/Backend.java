package io.millrace.jobs.engine.dl4j;

/** What ND4J computes on: a build of Millrace holds one of its backends. */
enum Backend {
  CPU,
  CUDA;

  private static final Backend HERE =
      Backend.class.getResource("/org/nd4j/linalg/jcublas/JCublasBackend.class") == null
          ? CPU
          : CUDA;

  /** That of this build. Loads nothing. */
  static Backend here() {
    return HERE;
  }
}
