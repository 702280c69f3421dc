namespace Petrel.Api.Core;

/// <summary>Amounts by resource name, as in requests, limits and capacity.</summary>
public static class ResourceAmounts
{
    /// <summary>Every amount rounded up to thousandths: the API keeps nothing finer.</summary>
    internal static ApiMap<Quantity> WithDefaults(this ApiMap<Quantity> amounts)
    {
        var rounded = amounts;
        foreach (var (name, amount) in amounts)
        {
            if (amount.RoundUp(-3) is var whole && whole != amount)
            {
                rounded = rounded.With(name, whole);
            }
        }

        return rounded;
    }

    /// <summary>The sum, resource by resource.</summary>
    public static ApiMap<Quantity> Plus(this ApiMap<Quantity> amounts, ApiMap<Quantity> others) =>
        amounts.Merge(others, static (one, other) => one.Add(other));

    /// <summary>The larger amount of each resource.</summary>
    public static ApiMap<Quantity> Max(this ApiMap<Quantity> amounts, ApiMap<Quantity> others) =>
        amounts.Merge(others, static (one, other) => one < other ? other : one);

    /// <summary>The amounts of the named resources only.</summary>
    public static ApiMap<Quantity> Only(this ApiMap<Quantity> amounts, IEnumerable<string> names)
    {
        var wanted = names.ToHashSet(StringComparer.Ordinal);
        return ApiMap.FromPairs(amounts.Where(amount => wanted.Contains(amount.Key)));
    }

    private static ApiMap<Quantity> Merge(this ApiMap<Quantity> amounts, ApiMap<Quantity> others, Func<Quantity, Quantity, Quantity> both)
    {
        foreach (var (name, other) in others)
        {
            amounts = amounts.With(name, amounts.TryGetValue(name, out var one) ? both(one, other) : other);
        }

        return amounts;
    }
}
