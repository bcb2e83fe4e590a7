package io.millrace.jobs.weights;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The types that the elements of a tensor have in files of weights. */
enum ElementType {
  F32("FloatStorage", 4),
  F16("HalfStorage", 2),
  BF16("BFloat16Storage", 2),
  F64("DoubleStorage", 8),
  I64("LongStorage", 8),
  I32("IntStorage", 4),
  I16("ShortStorage", 2),
  I8("CharStorage", 1),
  U8("ByteStorage", 1),
  BOOL("BoolStorage", 1);

  private static final int HALF_SIGN = 0x8000;
  private static final int HALF_FRACTION = 0x3FF;
  private static final int HALF_FRACTION_BITS = 10;
  private static final int HALF_LARGEST_EXPONENT = 31;
  private static final int FRACTION_BITS = 23;
  private static final int LARGEST_EXPONENT = 255;

  /** The exponents' zero in float minus that in half: 127 - 15. */
  private static final int EXPONENT_SHIFT = 112;

  private final String torchStorage;
  private final int bytes;

  ElementType(String torchStorage, int bytes) {
    this.torchStorage = torchStorage;
    this.bytes = bytes;
  }

  /** The type with that name in safetensors, such as {@code F32}. */
  static Optional<ElementType> ofSafeTensors(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /** The type of the elements of one of PyTorch's storages, such as {@code FloatStorage}. */
  static Optional<ElementType> ofTorch(String storage) {
    return Arrays.stream(values()).filter(type -> type.torchStorage.equals(storage)).findFirst();
  }

  /** Bytes of an element. */
  int bytes() {
    return bytes;
  }

  /** Whether it is a type of weights; whole numbers are counters. */
  boolean isFloating() {
    return this == F32 || this == F16 || this == BF16 || this == F64;
  }

  /**
   * Reads elements as floats; a double is rounded to the nearest float.
   *
   * @param from in its byte order, from position 0 on
   * @param into as many floats
   */
  void read(ByteBuffer from, float[] into, int at, int count) {
    for (int i = 0; i < count; i++) {
      into[at + i] =
          switch (this) {
            case F32 -> from.getFloat(i * bytes);
            case F16 -> ofHalf(from.getShort(i * bytes));
            case BF16 -> Float.intBitsToFloat(from.getShort(i * bytes) << Short.SIZE);
            case F64 -> (float) from.getDouble(i * bytes);
            case I64, I32, I16, I8, U8, BOOL ->
                throw new IllegalArgumentException(this + " is no type of weights");
          };
    }
  }

  /** The value of a half (IEEE 754 binary16). */
  private static float ofHalf(short half) {
    int sign = (half & HALF_SIGN) << Short.SIZE;
    int exponent = (half >> HALF_FRACTION_BITS) & HALF_LARGEST_EXPONENT;
    int fraction = half & HALF_FRACTION;
    if (exponent == 0) {
      float magnitude = Math.scalb((float) fraction, -14 - HALF_FRACTION_BITS);
      return sign == 0 ? magnitude : -magnitude;
    }
    int larger = exponent == HALF_LARGEST_EXPONENT ? LARGEST_EXPONENT : exponent + EXPONENT_SHIFT;
    return Float.intBitsToFloat(
        sign | larger << FRACTION_BITS | fraction << (FRACTION_BITS - HALF_FRACTION_BITS));
  }
}
