using Petrel.Cel.Syntax;
using Petrel.Cel.Types;

namespace Petrel.Cel;

/// <summary>Functions and types that expressions of an environment may use.</summary>
/// <param name="Name">For people.</param>
public sealed record CelLibrary(string Name, IReadOnlyList<CelFunction> Functions)
{
    /// <summary>Types that expressions may name, e.g. in <c>type(x) == net.IP</c>.</summary>
    public IReadOnlyList<CelType> Types { get; init; } = [];

    internal IReadOnlyList<Macro> Macros { get; init; } = [];

    /// <summary>It makes <c>a.?b</c>, <c>a[?b]</c> and <c>[?a]</c> part of the language.</summary>
    internal bool HasOptionalSyntax { get; init; }
}
