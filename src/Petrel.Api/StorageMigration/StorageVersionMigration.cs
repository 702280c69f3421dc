using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.StorageMigration;

/// <summary>All objects of a resource are to be written again, so that none is stored in an old version (KEP-4192).</summary>
[ApiType("io.k8s.api.storagemigration.v1alpha1.StorageVersionMigration")]
public sealed partial record StorageVersionMigration
    : ApiObject, IResource<StorageVersionMigration>, IHasStatus, IPrepared, IValidated, IValidatedUpdate, IValidatedStatus
{
    public static ResourceInfo Info { get; } = new("storagemigration.k8s.io", "v1alpha1", "StorageVersionMigration", "storageversionmigrations")
    {
        Deprecation = new("v1.33", Removed: "v1.36"),
        Namespaced = false,
        Subresources = [new("status", Verbs.GetPatchUpdate)],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public StorageVersionMigrationSpec Spec { get; init; } = StorageVersionMigrationSpec.Empty;

    /// <summary>What is so; written by the system.</summary>
    [Field(3, Always = true)]
    public StorageVersionMigrationStatus Status { get; init; } = StorageVersionMigrationStatus.Empty;

    /// <inheritdoc/>
    public ApiObject PrepareForCreate() => this with { Status = StorageVersionMigrationStatus.Empty };

    /// <inheritdoc/>
    public ApiObject PrepareForUpdate(ApiObject old) => this with { Status = ((StorageVersionMigration)old).Status };

    /// <inheritdoc/>
    public void Validate(FieldErrors errors)
    {
        var path = FieldPath.Root.Child("spec", "resource");
        errors.NotEmpty(path.Child("resource"), Spec.Resource.Resource, "resource is required");
        errors.NotEmpty(path.Child("version"), Spec.Resource.Version, "version is required");
    }

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        Validate(errors);
        errors.Immutable(FieldPath.Root.Child("spec"), new Verbatim(Spec.Text), new Verbatim(((StorageVersionMigration)old).Spec.Text));
    }

    /// <inheritdoc/>
    public void ValidateStatusUpdate(ApiObject old, FieldErrors errors) =>
        Status.ValidateUpdate(((StorageVersionMigration)old).Status, FieldPath.Root.Child("status"), errors);
}

[ApiType("io.k8s.api.storagemigration.v1alpha1.StorageVersionMigrationSpec")]
public sealed partial record StorageVersionMigrationSpec
{
    /// <summary>The resource.</summary>
    [Field(1, Required = true, Always = true)]
    public GroupVersionResource Resource { get; init; } = GroupVersionResource.Empty;

    /// <summary>From where a list of the objects goes on; for the controller's own use.</summary>
    [Field(2)]
    public string ContinueToken { get; init; } = "";

    internal string Text =>
        $"storagemigration.StorageVersionMigrationSpec{{Resource:storagemigration.GroupVersionResource{{Group:{GoSyntax.Quote(Resource.Group)}, Version:{GoSyntax.Quote(Resource.Version)}, "
        + $"Resource:{GoSyntax.Quote(Resource.Resource)}}}, ContinueToken:{GoSyntax.Quote(ContinueToken)}}}";
}

[ApiType("io.k8s.api.storagemigration.v1alpha1.GroupVersionResource")]
public sealed partial record GroupVersionResource
{
    /// <summary>Group of the resource; empty for the core group.</summary>
    [Field(1)]
    public string Group { get; init; } = "";

    /// <summary>Version of the resource.</summary>
    [Field(2)]
    public string Version { get; init; } = "";

    /// <summary>Name of the resource in paths.</summary>
    [Field(3)]
    public string Resource { get; init; } = "";
}

[ApiType("io.k8s.api.storagemigration.v1alpha1.StorageVersionMigrationStatus")]
public sealed partial record StorageVersionMigrationStatus
{
    /// <summary>How far the migration is: Running, Succeeded or Failed.</summary>
    [Field(1, ListType = "map", MapKeys = "type", PatchStrategy = "merge", PatchMergeKey = "type")]
    public ApiList<MigrationCondition> Conditions { get; init; }

    /// <summary>Objects written after this version of the store need not be migrated.</summary>
    [Field(2)]
    public string ResourceVersion { get; init; } = "";

    internal void ValidateUpdate(StorageVersionMigrationStatus old, FieldPath path, FieldErrors errors)
    {
        if (old.ResourceVersion.Length > 0)
        {
            errors.Immutable(path.Child("resourceVersion"), ResourceVersion, old.ResourceVersion);
        }

        var (running, succeeded, failed) = (Is("Running"), Is("Succeeded"), Is("Failed"));
        var conditions = path.Child("conditions");
        Exclude(succeeded && failed, "Both success and failed conditions cannot be true at the same time");
        Exclude(succeeded && running, "Running condition cannot be true when success condition is true");
        Exclude(failed && running, "Running condition cannot be true when failed condition is true");

        // What is over stays over.
        Exclude(old.Is("Succeeded") && !succeeded, "Success condition cannot be set to false once it is true");
        Exclude(old.Is("Failed") && !failed, "Failed condition cannot be set to false once it is true");

        void Exclude(bool isWrong, string problem)
        {
            if (isWrong)
            {
                errors.Invalid(conditions, GoSyntax.Strings([.. Conditions.Select(static condition => condition.Type)]), problem);
            }
        }
    }

    private bool Is(string type) => Conditions.Any(condition => condition.Type == type && condition.Status == "True");
}

[ApiType("io.k8s.api.storagemigration.v1alpha1.MigrationCondition")]
public sealed partial record MigrationCondition
{
    /// <summary>What the condition is about.</summary>
    [Field(1, Required = true, Always = true)]
    public string Type { get; init; } = "";

    /// <summary>True, False or Unknown.</summary>
    [Field(2, Required = true, Always = true)]
    public string Status { get; init; } = "";

    /// <summary>When the condition was last written.</summary>
    [Field(3, Always = true)]
    public DateTimeOffset? LastUpdateTime { get; init; }

    /// <summary>One word in CamelCase that says why, for programs.</summary>
    [Field(4)]
    public string Reason { get; init; } = "";

    /// <summary>What happened, for people.</summary>
    [Field(5)]
    public string Message { get; init; } = "";
}
