namespace Petrel.Api.Yaml;

/// <summary>A node of a YAML document before its scalars are given types.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Line">The line of its first character, from 1.</param>
internal sealed record YamlNode(YamlNodeKind Kind, long Line)
{
    /// <summary>The tag with <c>!!</c> for the standard ones; empty when none is given.</summary>
    public string Tag { get; init; } = string.Empty;

    /// <summary>The text of a scalar.</summary>
    public string Value { get; init; } = string.Empty;

    /// <summary>True for a scalar without quotes: its text decides its type.</summary>
    public bool IsPlain { get; init; }

    /// <summary>The items of a sequence; the keys and values of a mapping in turn.</summary>
    public List<YamlNode> Children { get; } = [];

    /// <summary>What an alias stands for.</summary>
    public YamlNode? Target { get; init; }

    public bool IsMerge => Kind == YamlNodeKind.Scalar && Value == "<<" && (IsPlain || Tag == "!!merge");
}

internal enum YamlNodeKind
{
    Scalar,
    Sequence,
    Mapping,
    Alias,
}
