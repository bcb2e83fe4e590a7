package io.millrace.jobs.weights;

import io.millrace.jobs.architecture.Blueprint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a project names the tensors of a network. */
enum NameForm {
  /** As our networks do: torchvision, timm where torchvision has no such network, Millrace. */
  OURS {
    @Override
    Optional<String> ours(String name, Blueprint network) {
      return Optional.of(name);
    }
  },
  /** {@code _blocks.N._expand_conv}, of efficientnet_pytorch and what descends from it. */
  EFFICIENTNET_PYTORCH {
    @Override
    Optional<String> ours(String name, Blueprint network) {
      Matcher in = BLOCK.matcher(name);
      if (!in.matches()) {
        return renamed(name, OUTSIDE_BLOCKS);
      }
      List<String> blocks = blocks(network);
      if (in.group(1).length() > LONGEST_NUMBER || Integer.parseInt(in.group(1)) >= blocks.size()) {
        return Optional.empty();
      }
      String block = blocks.get(Integer.parseInt(in.group(1)));
      boolean expands = network.nodes().stream().anyMatch(n -> n.name().equals(block + "conv_pwl"));
      return renamed(in.group(2), expands ? IN_BLOCK : IN_FIRST_BLOCK).map(block::concat);
    }
  },
  /** timm's VGG, whose first linear map is a convolution of the whole picture. */
  TIMM_VGG {
    @Override
    Optional<String> ours(String name, Blueprint network) {
      return name.startsWith("features.") ? Optional.of(name) : renamed(name, VGG);
    }
  };

  private static final Pattern BLOCK = Pattern.compile("_blocks\\.(\\d+)\\.(.*)");
  private static final Pattern OUR_BLOCK = Pattern.compile("(blocks\\.\\d+\\.\\d+\\.).*");
  private static final int LONGEST_NUMBER = 4;
  private static final Map<String, String> OUTSIDE_BLOCKS =
      Map.of(
          "_conv_stem", "conv_stem",
          "_bn0", "bn1",
          "_conv_head", "conv_head",
          "_bn1", "bn2",
          "_fc", "classifier");
  private static final Map<String, String> IN_BLOCK =
      Map.of(
          "_expand_conv", "conv_pw",
          "_bn0", "bn1",
          "_depthwise_conv", "conv_dw",
          "_bn1", "bn2",
          "_project_conv", "conv_pwl",
          "_bn2", "bn3");
  private static final Map<String, String> IN_FIRST_BLOCK =
      Map.of(
          "_depthwise_conv", "conv_dw", "_bn1", "bn1", "_project_conv", "conv_pw", "_bn2", "bn2");
  private static final Map<String, String> VGG =
      Map.of(
          "pre_logits.fc1", "classifier.0",
          "pre_logits.fc2", "classifier.3",
          "head.fc", "classifier.6");

  /** Our name of a tensor; empty if it is none of this form's. */
  abstract Optional<String> ours(String name, Blueprint network);

  /** The name with the node's part replaced. */
  private static Optional<String> renamed(String name, Map<String, String> nodes) {
    int dot = name.lastIndexOf('.');
    return dot < 0
        ? Optional.empty()
        : Optional.ofNullable(nodes.get(name.substring(0, dot)))
            .map(node -> node + name.substring(dot));
  }

  /** The beginnings of the names in each block, in order. */
  private static List<String> blocks(Blueprint network) {
    return network.nodes().stream()
        .map(node -> OUR_BLOCK.matcher(node.name()))
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .distinct()
        .toList();
  }
}
