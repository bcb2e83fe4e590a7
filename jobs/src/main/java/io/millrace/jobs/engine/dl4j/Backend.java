package io.millrace.jobs.engine.dl4j;

import io.millrace.jobs.engine.gpu.CudaCode;

/** The backend of ND4J, of which a build of Millrace contains one. */
enum Backend {
  CPU,
  CUDA;

  /** What nd4j-cuda-11.6 contains. */
  static final CudaCode CODE =
      new CudaCode("ND4J", 37, 89, "3.7 to 8.9 (Kepler to Ada)", 11_060, 510);

  private static final Backend HERE =
      Backend.class.getResource("/org/nd4j/linalg/jcublas/JCublasBackend.class") == null
          ? CPU
          : CUDA;

  /** The backend of this build. Loads nothing. */
  static Backend here() {
    return HERE;
  }
}
