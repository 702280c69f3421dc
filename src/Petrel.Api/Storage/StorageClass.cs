using Petrel.Api.Core;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Storage;

/// <summary>A kind of storage: who makes its volumes, and how.</summary>
[ApiType("io.k8s.api.storage.v1.StorageClass")]
public sealed partial record StorageClass : ApiObject, IResource<StorageClass>, IHasDefaults, IPrintable, IValidated, IValidatedUpdate, IWarnsOnCreate, IWarnsOnUpdate
{
    // Newer name first.
    private static readonly string[] DefaultAnnotations = ["storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class"];

    public static ResourceInfo Info { get; } = new("storage.k8s.io", "v1", "StorageClass", "storageclasses")
    {
        Columns = StorageClassTable.Columns,
        DeleteReturnsObject = true,
        Namespaced = false,
        ShortNames = ["sc"],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>Name of whoever makes the volumes. Cannot be changed.</summary>
    [Field(2, Required = true, Always = true)]
    public string Provisioner { get; init; } = "";

    /// <summary>What the provisioner needs to know; see its documentation. Cannot be changed.</summary>
    [Field(3)]
    public ApiMap<string> Parameters { get; init; }

    /// <summary>What happens to volumes whose claim is gone: Delete (when left out) or Retain. Cannot be changed.</summary>
    [Field(4, Enum = ["Delete", "Recycle", "Retain"])]
    public string? ReclaimPolicy { get; init; }

    /// <summary>Options with which volumes are mounted, e.g. ro; not checked, a mount with a wrong one fails.</summary>
    [Field(5, ListType = "atomic")]
    public ApiList<string> MountOptions { get; init; }

    /// <summary>Volumes can grow.</summary>
    [Field(6)]
    public bool? AllowVolumeExpansion { get; init; }

    /// <summary>When claims get their volumes: Immediate (when left out), or WaitForFirstConsumer, a pod that uses them. Cannot be changed.</summary>
    [Field(7, Enum = ["Immediate", "WaitForFirstConsumer"])]
    public string? VolumeBindingMode { get; init; }

    /// <summary>Where volumes may be made; everywhere when left out.</summary>
    [Field(8, ListType = "atomic")]
    public ApiList<TopologySelectorTerm> AllowedTopologies { get; init; }

    /// <summary>Claims that name no class get this one.</summary>
    public bool IsDefault => DefaultAnnotations.Any(annotation => Metadata.Annotations.GetValueOrDefault(annotation) == "true");

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with { ReclaimPolicy = ReclaimPolicy ?? "Delete", VolumeBindingMode = VolumeBindingMode ?? "Immediate" };

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => StorageClassTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors)
    {
        ClassRules.ValidateProvisioner(Provisioner, FieldPath.Root.Child("provisioner"), errors);
        ClassRules.ValidateParameters(Parameters, isRequired: false, FieldPath.Root.Child("parameters"), errors);
        if (ReclaimPolicy is { Length: > 0 } policy)
        {
            errors.OneOf(FieldPath.Root.Child("reclaimPolicy"), policy, "Delete", "Retain");
        }

        errors.OneOf(FieldPath.Root.Child("volumeBindingMode"), VolumeBindingMode ?? "", "Immediate", "WaitForFirstConsumer");
        TopologySelectorTerm.ValidateAll(AllowedTopologies, FieldPath.Root.Child("allowedTopologies"), errors);
    }

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        var known = (StorageClass)old;
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Validate(errors);
        ClassRules.Keep(Parameters == known.Parameters, "parameters", errors);
        ClassRules.Keep(Provisioner == known.Provisioner, "provisioner", errors);
        ClassRules.Keep(ReclaimPolicy == known.ReclaimPolicy, "reclaimPolicy", errors);
        errors.Immutable(FieldPath.Root.Child("volumeBindingMode"), VolumeBindingMode, known.VolumeBindingMode);
    }

    /// <inheritdoc/>
    public IEnumerable<string> CreateWarnings()
    {
        for (var i = 0; i < AllowedTopologies.Count; i++)
        {
            var expressions = AllowedTopologies[i].MatchLabelExpressions;
            for (var j = 0; j < expressions.Count; j++)
            {
                if (NodeLabelNames.Deprecation(expressions[j].Key) is { } deprecation)
                {
                    yield return $"{FieldPath.Root.Child("allowedTopologies").Index(i).Child("matchLabelExpressions").Index(j).Child("key")}: {deprecation}";
                }
            }
        }
    }

    /// <inheritdoc/>
    public IEnumerable<string> UpdateWarnings(ApiObject old) => CreateWarnings();
}
