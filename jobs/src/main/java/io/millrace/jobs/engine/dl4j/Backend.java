package io.millrace.jobs.engine.dl4j;

/** The backend of ND4J, of which a build of Millrace contains one. */
enum Backend {
  CPU,
  CUDA;

  private static final Backend HERE =
      Backend.class.getResource("/org/nd4j/linalg/jcublas/JCublasBackend.class") == null
          ? CPU
          : CUDA;

  /** The backend of this build. Loads nothing. */
  static Backend here() {
    return HERE;
  }
}
