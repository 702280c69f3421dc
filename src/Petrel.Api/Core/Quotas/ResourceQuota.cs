using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>Bounds for what all objects of a namespace use together.</summary>
[ApiType("io.k8s.api.core.v1.ResourceQuota")]
public sealed partial record ResourceQuota : ApiObject, IResource<ResourceQuota>, IHasStatus, IHasDefaults, IPrintable, IValidated, IValidatedUpdate, IValidatedStatus
{
    public static ResourceInfo Info { get; } = new("", "v1", "ResourceQuota", "resourcequotas")
    {
        Columns = ResourceQuotaTable.Columns,
        DeleteReturnsObject = true,
        ShortNames = ["quota"],
        Subresources = [new("status", Verbs.GetPatchUpdate)],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>The bounds.</summary>
    [Field(2, Always = true)]
    public ResourceQuotaSpec Spec { get; init; } = ResourceQuotaSpec.Empty;

    /// <summary>The bounds in force and what is used; written by the system.</summary>
    [Field(3, Always = true)]
    public ResourceQuotaStatus Status { get; init; } = ResourceQuotaStatus.Empty;

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with
    {
        Spec = Spec with { Hard = Spec.Hard.WithDefaults() },
        Status = new ResourceQuotaStatus { Hard = Status.Hard.WithDefaults(), Used = Status.Used.WithDefaults() },
    };

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => ResourceQuotaTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => ResourceQuotaValidation.Validate(Spec, FieldPath.Root.Child("spec"), errors);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        Validate(errors);
        if (!Spec.Scopes.ToHashSet(StringComparer.Ordinal).SetEquals(((ResourceQuota)old).Spec.Scopes))
        {
            errors.Invalid(FieldPath.Root.Child("spec", "scopes"), ResourceQuotaValidation.Scopes(Spec), "field is immutable");
        }
    }

    /// <inheritdoc/>
    public void ValidateStatusUpdate(ApiObject old, FieldErrors errors)
    {
        var path = FieldPath.Root.Child("status");
        ResourceQuotaValidation.ValidateAmounts(Status.Hard, path.Child("hard"), errors);
        ResourceQuotaValidation.ValidateAmounts(Status.Used, path.Child("used"), errors);
    }
}

[ApiType("io.k8s.api.core.v1.ResourceQuotaSpec")]
public sealed partial record ResourceQuotaSpec
{
    /// <summary>Most that may be used, by resource: amounts (requests.cpu) or numbers of objects (pods, count/jobs.batch).</summary>
    [Field(1)]
    public ApiMap<Quantity> Hard { get; init; }

    /// <summary>Only objects with all these traits count. Cannot be changed.</summary>
    [Field(2, Enum = ["BestEffort", "CrossNamespacePodAffinity", "NotBestEffort", "NotTerminating", "PriorityClass", "Terminating", "VolumeAttributesClass"], ListType = "atomic")]
    public ApiList<string> Scopes { get; init; }

    /// <summary>Like scopes, with values.</summary>
    [Field(3)]
    public ScopeSelector? ScopeSelector { get; init; }

    /// <summary>Scopes and scope selector in one form: all of them must match.</summary>
    public IEnumerable<ScopedResourceSelectorRequirement> Requirements =>
        Scopes.Select(static scope => new ScopedResourceSelectorRequirement { ScopeName = scope, Operator = "Exists" }).Concat(ScopeSelector?.MatchExpressions ?? default);
}

[ApiType("io.k8s.api.core.v1.ResourceQuotaStatus")]
public sealed partial record ResourceQuotaStatus
{
    /// <summary>The bounds that are in force, by resource.</summary>
    [Field(1)]
    public ApiMap<Quantity> Hard { get; init; }

    /// <summary>What is used, by resource.</summary>
    [Field(2)]
    public ApiMap<Quantity> Used { get; init; }
}

[ApiType("io.k8s.api.core.v1.ScopeSelector", MapType = "atomic")]
public sealed partial record ScopeSelector
{
    /// <summary>Requirements, all of which must hold.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<ScopedResourceSelectorRequirement> MatchExpressions { get; init; }
}

[ApiType("io.k8s.api.core.v1.ScopedResourceSelectorRequirement")]
public sealed partial record ScopedResourceSelectorRequirement
{
    /// <summary>The trait.</summary>
    [Field(1, Required = true, Always = true, Enum = ["BestEffort", "CrossNamespacePodAffinity", "NotBestEffort", "NotTerminating", "PriorityClass", "Terminating", "VolumeAttributesClass"])]
    public string ScopeName { get; init; } = "";

    /// <summary>How the trait relates to the values.</summary>
    [Field(2, Required = true, Always = true, Enum = ["DoesNotExist", "Exists", "In", "NotIn"])]
    public string Operator { get; init; } = "";

    /// <summary>Values, for In and NotIn only.</summary>
    [Field(3, ListType = "atomic")]
    public ApiList<string> Values { get; init; }
}
