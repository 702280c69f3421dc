using Petrel.Cel;
using Petrel.Cel.Libraries;

namespace Petrel.Api.Expressions;

/// <summary>CEL as the API uses it: the functions that every expression has, and what one may cost.</summary>
public static class KubernetesExpressions
{
    /// <summary>What one evaluation may cost.</summary>
    public const long CostLimit = 1_000_000;

    /// <summary>What all expressions about one object may cost together.</summary>
    public const long ObjectCostLimit = 10_000_000;

    /// <summary>What all match conditions of one webhook or policy may cost together.</summary>
    public const long MatchConditionsCostLimit = 2_500_000;

    /// <summary>What every expression may use.</summary>
    internal static IReadOnlyList<CelLibrary> Libraries { get; } =
    [
        StandardLibrary.Instance,
        OptionalLibrary.Instance,
        StringsLibrary.Instance,
        SetsLibrary.Instance,
        UrlsLibrary.Instance,
        RegexLibrary.Instance,
        ListsLibrary.Instance,
        NetworkLibrary.Instance,
        AuthorizerLibrary.Instance,
        QuantityLibrary.Instance,
        FormatLibrary.Instance,
    ];

    /// <summary>All libraries, no variables.</summary>
    public static CelEnvironment Environment { get; } = new(Libraries);
}
