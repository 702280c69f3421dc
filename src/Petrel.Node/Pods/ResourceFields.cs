using System.Globalization;
using Petrel.Api;
using Petrel.Api.Core;

namespace Petrel.Node.Pods;

/// <summary>
/// Values of a container's own requests and limits for its variables and downward API files (API field ResourceFieldSelector):
/// divided by the divisor and rounded up. A limit that is not set is what the node has to give.
/// </summary>
public static class ResourceFields
{
    /// <summary>Null for a resource that cannot be asked for.</summary>
    public static string? Find(Container container, ResourceFieldSelector selector, ApiMap<Quantity> allocatable)
    {
        var dot = selector.Resource.IndexOf('.', StringComparison.Ordinal);
        var (kind, name) = dot < 0 ? ("", "") : (selector.Resource[..dot], selector.Resource[(dot + 1)..]);
        if (kind is not ("limits" or "requests") || !(name is "cpu" or "memory" or "ephemeral-storage" || name.StartsWith("hugepages-", StringComparison.Ordinal)))
        {
            return null;
        }

        var amount = kind == "requests"
            ? container.Resources.Requests.GetValueOrDefault(name)
            : container.Resources.Limits.TryGetValue(name, out var limit) && !limit.IsZero ? limit : allocatable.GetValueOrDefault(name);
        return Divide(amount, selector.Divisor, inThousandths: name == "cpu").ToString(CultureInfo.InvariantCulture);
    }

    private static long Divide(Quantity amount, Quantity divisor, bool inThousandths)
    {
        var unit = divisor.IsZero ? new Quantity(1) : divisor;
        return inThousandths
            ? (long)Math.Ceiling((decimal)amount.MilliValue / unit.MilliValue)
            : (long)Math.Ceiling((decimal)amount.Value / unit.Value);
    }
}
