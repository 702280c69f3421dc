namespace Petrel.Metrics;

/// <summary>
/// Label values of a family's series. A record struct of its fields, so that looking a series up allocates nothing.
/// </summary>
public interface ILabels<TSelf> : IEquatable<TSelf> where TSelf : struct, ILabels<TSelf>
{
    /// <summary>Names of the labels.</summary>
    static abstract IReadOnlyList<string> Names { get; }

    /// <summary>Values in the order of <see cref="Names"/>; called once for each series.</summary>
    IReadOnlyList<string> Values();
}
