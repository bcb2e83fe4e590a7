package io.millrace.jobs.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NormalDrawsTest {
  /** A change here changes every trained model: it needs a new version of the train job. */
  @Test
  void firstDrawsEqualThoseOfTheFirstRelease() {
    NormalDraws draws = new NormalDraws(42, "block1.conv1.weight");
    assertThat(List.of(draws.next(), draws.next(), draws.next()))
        .containsExactly(1.007146476289877, 1.5055428804132345, 1.4863165708570247);
    draws = new NormalDraws(7, "conv1.weight");
    assertThat(List.of(draws.next(), draws.next(), draws.next(), draws.next()))
        .containsExactly(
            0x1.a6f28c46c8b09p-3,
            -0x1.c9ff6d4d385bbp-1,
            0x1.7427f16f4b6b5p-1,
            -0x1.aeab22ac77facp-1);
  }

  @Test
  void millionthDrawEqualsThatOfTheFirstRelease() {
    NormalDraws draws = new NormalDraws(-1, "");
    assertThat(draws.next()).isEqualTo(-0x1.9a85750721bcdp-2);
    for (int i = 0; i < 999_998; i++) {
      draws.next();
    }
    assertThat(draws.next()).isEqualTo(-0x1.046cd29b5be36p-2);
  }

  /** A change here changes the noise of transforms: it needs new versions of their jobs. */
  @Test
  void pairsEqualThoseOfTheFirstRelease() {
    assertThat(pair(0)).isEqualTo(new NormalPair(0x1.d601fa6e2572ap-5, -0x1.21a5ec7950aa1p0));
    assertThat(pair(2)).isEqualTo(new NormalPair(-0x1.e2e8fba60f465p-1, 0x1.ddb2103ba05d1p-2));
    assertThat(pair(65_534)).isEqualTo(new NormalPair(-0x1.2016e00f5690ap-1, -0x1.2919d7b7bcb1dp1));
  }

  private static NormalPair pair(int number) {
    long key = 0x4E6F697365L;
    return NormalPair.of(
        Bits.unit(Bits.absorb(key, number)), Bits.unit(Bits.absorb(key, number + 1)));
  }
}
