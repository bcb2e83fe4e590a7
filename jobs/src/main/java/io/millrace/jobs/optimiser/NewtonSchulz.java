package io.millrace.jobs.optimiser;

/**
 * Five steps of a Newton-Schulz iteration, which take the singular values of a matrix to about 1
 * (0.7..1.2) and keep its singular vectors. The coefficients are those of Jordan et al. 2024. It
 * computes in double precision: the steps multiply a rounding error of small singular values by up
 * to 500.
 */
final class NewtonSchulz {
  private static final int STEPS = 5;
  private static final double A = 3.4445;
  private static final double B = -4.7750;
  private static final double C = 2.0315;
  private static final double EPS = 1e-7;

  private NewtonSchulz() {}

  /**
   * @param matrix {@code [rows, columns]}, row-major, replaced by the result
   */
  static void orthogonalise(double[] matrix, int rows, int columns) {
    boolean tall = rows > columns;
    int n = Math.min(rows, columns);
    int m = Math.max(rows, columns);
    double[] x = tall ? transposed(matrix, rows, columns) : matrix.clone();
    double squares = 0;
    for (double value : x) {
      squares += value * value;
    }
    double norm = Math.sqrt(squares) + EPS;
    for (int i = 0; i < x.length; i++) {
      x[i] /= norm;
    }
    for (int step = 0; step < STEPS; step++) {
      x = step(x, n, m);
    }
    System.arraycopy(tall ? transposed(x, n, m) : x, 0, matrix, 0, matrix.length);
  }

  /** {@code a X + (b G + c G G) X} with {@code G = X X'}. */
  private static double[] step(double[] x, int n, int m) {
    double[] gram = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int k = 0; k < m; k++) {
          sum += x[i * m + k] * x[j * m + k];
        }
        gram[i * n + j] = sum;
        gram[j * n + i] = sum;
      }
    }
    double[] factors = product(gram, gram, n, n);
    for (int i = 0; i < factors.length; i++) {
      factors[i] = B * gram[i] + C * factors[i];
    }
    double[] next = product(factors, x, n, m);
    for (int i = 0; i < next.length; i++) {
      next[i] += A * x[i];
    }
    return next;
  }

  /** {@code [n, n]} times {@code [n, m]}, along rows: the processor adds up several at once. */
  private static double[] product(double[] left, double[] right, int n, int m) {
    double[] product = new double[n * m];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        double factor = left[i * n + k];
        for (int j = 0; j < m; j++) {
          product[i * m + j] += factor * right[k * m + j];
        }
      }
    }
    return product;
  }

  private static double[] transposed(double[] matrix, int rows, int columns) {
    double[] transposed = new double[matrix.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        transposed[j * rows + i] = matrix[i * columns + j];
      }
    }
    return transposed;
  }
}
