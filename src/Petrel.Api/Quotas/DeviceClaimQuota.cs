using Petrel.Api.Core;
using Petrel.Api.Resources;

namespace Petrel.Api.Quotas;

/// <summary>Claims of devices count one each, and by the devices that they may get of each device class.</summary>
public sealed class DeviceClaimQuota : IQuotaEvaluator
{
    // CLASS.deviceclass.resource.k8s.io/devices
    private const string ClassSuffix = ".deviceclass.resource.k8s.io/devices";

    /// <summary>More devices than these are allocated to no claim, even if it wants all.</summary>
    private const long DevicesMax = 32;

    private static readonly string ObjectCount = ObjectCountQuota.NameOf(DynamicResources.ResourceClaim.Info.GroupResource);

    public GroupResource Resource => DynamicResources.ResourceClaim.Info.GroupResource;

    public bool Counts(string name) => name == ObjectCount || name.EndsWith(ClassSuffix, StringComparison.Ordinal);

    public ApiMap<Quantity> UsageOf(ApiObject value, DateTimeOffset now)
    {
        var usage = ApiMap.FromPairs<Quantity>((ObjectCount, new Quantity(1)));
        foreach (var request in DynamicResources.ResourceClaim.Of(value).Spec.Devices.Requests)
        {
            usage = usage.Plus(request.Exactly is { } exactly && request.FirstAvailable.IsEmpty ? Devices([(exactly.DeviceClassName, exactly.AllocationMode, exactly.Count)])
                : Devices(request.FirstAvailable.Select(static each => (each.DeviceClassName, each.AllocationMode, each.Count))));
        }

        return usage;
    }

    public bool IsInScope(ScopedResourceSelectorRequirement scope, ApiObject value) => false;

    public bool HandlesUpdate(ApiObject value, ApiObject old, string subresource) => false;

    public string? Missing(ApiObject value, IReadOnlyCollection<string> counted) => null;

    public bool FreesBy(ApiObject value, ApiObject old, DateTimeOffset now) => false;

    // Of alternatives, the one that takes the most of a class counts.
    private static ApiMap<Quantity> Devices(IEnumerable<(string Class, string Mode, long Count)> alternatives) => ApiMap.FromPairs(alternatives
        .Where(static each => each.Mode is "All" or "ExactCount")
        .GroupBy(static each => each.Class, static each => each.Mode == "All" ? DevicesMax : each.Count, StringComparer.Ordinal)
        .Select(static most => KeyValuePair.Create(most.Key + ClassSuffix, new Quantity(most.Max()))));
}
