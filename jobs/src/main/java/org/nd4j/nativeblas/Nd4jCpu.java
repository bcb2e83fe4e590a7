package org.nd4j.nativeblas;

/**
 * Stands where Deeplearning4j 1.0.0-M2.1 looks, by reflection, for the switch of its oneDNN
 * helpers: ND4J moved the class and Deeplearning4j did not follow, so that without this one
 * convolutions fall back to im2col, seven times slower. Not for use by Millrace's own code.
 */
public final class Nd4jCpu {
  private Nd4jCpu() {}

  /** The switch, under the names that Deeplearning4j asks for. */
  public static final class Environment {
    private static final Environment INSTANCE = new Environment();

    private Environment() {}

    /** The one environment. */
    public static Environment getInstance() {
      return INSTANCE;
    }

    /** What ND4J calls oneDNN today. */
    public boolean isUseMKLDNN() {
      // Qualified: both the outer and the nested class bear the real ones' names.
      return org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu.Environment.getInstance().isUseONEDNN();
    }
  }
}
