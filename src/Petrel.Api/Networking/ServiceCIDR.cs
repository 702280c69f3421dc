using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Networking;

/// <summary>Addresses that services may have.</summary>
[ApiType("io.k8s.api.networking.v1.ServiceCIDR")]
public sealed partial record ServiceCIDR : ApiObject, IResource<ServiceCIDR>, IHasStatus, IPrepared, IPrintable, IValidated, IValidatedUpdate
{
    /// <summary>Name of the object with the ranges that the server was started with.</summary>
    public const string DefaultName = "kubernetes";

    public static ResourceInfo Info { get; } = new("networking.k8s.io", "v1", "ServiceCIDR", "servicecidrs")
    {
        Columns = ServiceCIDRTable.Columns,
        Namespaced = false,
        Subresources = [new("status", Verbs.GetPatchUpdate)],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public ServiceCIDRSpec Spec { get; init; } = ServiceCIDRSpec.Empty;

    /// <summary>What is so; written by the system.</summary>
    [Field(3, Always = true)]
    public ServiceCIDRStatus Status { get; init; } = ServiceCIDRStatus.Empty;

    /// <summary>Upstream lets clients set the status of this kind through the object itself.</summary>
    public ApiObject PrepareForCreate() => this;

    /// <inheritdoc cref="PrepareForCreate"/>
    public ApiObject PrepareForUpdate(ApiObject old) => this;

    /// <inheritdoc/>
    public ApiObject WithStatusOf(ApiObject other) => this with { Status = ((ServiceCIDR)other).Status };

    /// <summary>Of the metadata only what the server tracks changes with the status.</summary>
    public ApiObject PrepareForStatusUpdate(ApiObject old) => ((ServiceCIDR)old) with { Metadata = old.Metadata.WithTrackingOf(Metadata), Status = Status };

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => ServiceCIDRTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => Spec.Validate(FieldPath.Root.Child("spec", "cidrs"), errors);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors) =>
        errors.Immutable(FieldPath.Root.Child("spec", "cidrs"), Spec.Cidrs, ((ServiceCIDR)old).Spec.Cidrs);
}

[ApiType("io.k8s.api.networking.v1.ServiceCIDRSpec")]
public sealed partial record ServiceCIDRSpec
{
    /// <summary>One range, or one of each IP family. Cannot be changed.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<string> Cidrs { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        var shown = new Verbatim($"networking.ServiceCIDRSpec{{CIDRs:{GoSyntax.Strings(Cidrs)}}}");
        switch (Cidrs.Count)
        {
            case 0:
                errors.Required(path, "at least one CIDR required");
                return;
            case > 2:
                errors.Invalid(path, shown, "may only hold up to 2 values");
                return;
            case 2 when Cidrs.Any(static range => AddressFormats.ParseRange(range) is null)
                || !AddressFormats.AreOfDifferentFamilies(Cidrs.Select(static range => range.Contains(':', StringComparison.Ordinal))):
                errors.Invalid(path, shown, "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64");
                return;
        }

        for (var i = 0; i < Cidrs.Count; i++)
        {
            errors.InvalidAll(path.Index(i), Cidrs[i], AddressFormats.StrictRange(Cidrs[i]));
        }
    }
}

[ApiType("io.k8s.api.networking.v1.ServiceCIDRStatus")]
public sealed partial record ServiceCIDRStatus
{
    /// <summary>State of the ranges: Ready when addresses are given from them.</summary>
    [Field(1, ListType = "map", MapKeys = "type", PatchStrategy = "merge", PatchMergeKey = "type")]
    public ApiList<Condition> Conditions { get; init; }
}
