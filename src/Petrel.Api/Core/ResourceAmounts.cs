namespace Petrel.Api.Core;

/// <summary>Amounts by resource name, as in requests, limits and capacity.</summary>
internal static class ResourceAmounts
{
    /// <summary>Every amount rounded up to thousandths: the API keeps nothing finer.</summary>
    public static ApiMap<Quantity> WithDefaults(this ApiMap<Quantity> amounts)
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
}
