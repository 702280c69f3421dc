using Petrel.Api.Core;
using Petrel.Api.Resources;

namespace Petrel.Api.Quotas;

/// <summary>Claims count one each and use the storage they ask for, in all and for each storage class.</summary>
public sealed class ClaimQuota : IQuotaEvaluator
{
    private const string Claims = "persistentvolumeclaims";
    private const string ObjectCount = "count/persistentvolumeclaims";
    private const string Storage = "requests.storage";

    // CLASS.storageclass.storage.k8s.io/RESOURCE
    private const string ClassSuffix = ".storageclass.storage.k8s.io/";

    public GroupResource Resource => PersistentVolumeClaim.Info.GroupResource;

    public bool Counts(string name) => name is Claims or ObjectCount or Storage
        || name.EndsWith(ClassSuffix + Claims, StringComparison.Ordinal) || name.EndsWith(ClassSuffix + Storage, StringComparison.Ordinal);

    public ApiMap<Quantity> UsageOf(ApiObject value, DateTimeOffset now)
    {
        var claim = (PersistentVolumeClaim)value;
        var usage = ApiMap.FromPairs<Quantity>((Claims, new Quantity(1)), (ObjectCount, new Quantity(1)));
        var ofClass = claim.ClassName.Length == 0 ? null : claim.ClassName + ClassSuffix;
        if (ofClass is not null)
        {
            usage = usage.With(ofClass + Claims, new Quantity(1));
        }

        if (StorageOf(claim) is { } storage)
        {
            usage = usage.With(Storage, storage);
            usage = ofClass is null ? usage : usage.With(ofClass + Storage, storage);
        }

        return usage;
    }

    public bool IsInScope(ScopedResourceSelectorRequirement scope, ApiObject value)
    {
        if (scope.ScopeName != "VolumeAttributesClass")
        {
            return false;
        }

        // The class that is wished for, the one that is in force, and the one that is on its way.
        var claim = (PersistentVolumeClaim)value;
        string?[] names = [claim.Spec.VolumeAttributesClassName, claim.Status.CurrentVolumeAttributesClassName, claim.Status.ModifyVolumeStatus?.TargetVolumeAttributesClassName];
        var classes = names.Where(static name => !string.IsNullOrEmpty(name)).ToList();
        return scope.Operator switch
        {
            "Exists" => classes.Count > 0,
            "DoesNotExist" => classes.Count == 0,
            "In" => classes.Any(name => scope.Values.Contains(name!)),
            "NotIn" => classes.Count == 0 || classes.Any(name => !scope.Values.Contains(name!)),
            _ => false,
        };
    }

    public bool HandlesUpdate(ApiObject value, ApiObject old, string subresource) => subresource.Length == 0;

    public string? Missing(ApiObject value, IReadOnlyCollection<string> counted) => null;

    public bool FreesBy(ApiObject value, ApiObject old, DateTimeOffset now) => UsageOf(value, now) != UsageOf(old, now);

    // Whole bytes; what is set aside while the volume grows counts when it is more.
    private static Quantity? StorageOf(PersistentVolumeClaim claim)
    {
        if (!claim.Spec.Resources.Requests.TryGetValue("storage", out var requested))
        {
            return null;
        }

        var whole = requested.RoundUp(0);
        return claim.Status.AllocatedResources.TryGetValue("storage", out var allocated) && allocated > whole ? allocated.RoundUp(0) : whole;
    }
}
