using Petrel.Cel.Types;

namespace Petrel.Cel.Costs;

/// <summary>Knows how large the data of an expression can be, e.g. from maxLength and maxItems of a schema.</summary>
public interface ISizeHints
{
    /// <summary>Size of what a path leads to; null when unknown.</summary>
    /// <param name="path">The variable, then names of fields; <c>@items</c> is an element of a list, <c>@keys</c> and <c>@values</c> those of a map.</param>
    Bounds? Find(IReadOnlyList<string> path, CelType type);
}
