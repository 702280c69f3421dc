using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.StorageVersions;

/// <summary>The versions in which the API servers of a cluster store a resource, told by each of them (KEP-2339).</summary>
[ApiType("io.k8s.api.apiserverinternal.v1alpha1.StorageVersion")]
public sealed partial record StorageVersion : ApiObject, IResource<StorageVersion>, IHasStatus, IPrepared, IPrintable, IValidated, IValidatedUpdate, IValidatedStatus
{
    public static ResourceInfo Info { get; } = new("internal.apiserver.k8s.io", "v1alpha1", "StorageVersion", "storageversions")
    {
        Columns = StorageVersionTable.Columns,
        NameRule = static (name, _) => NameProblems(name),
        Namespaced = false,
        Subresources = [new("status", Verbs.GetPatchUpdate)],
        UnconditionalUpdate = false,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>Nothing: the name says which resource it is about.</summary>
    [Field(2, Required = true, Always = true)]
    public StorageVersionSpec Spec { get; init; } = StorageVersionSpec.Empty;

    /// <summary>What each server has told.</summary>
    [Field(3, Required = true, Always = true)]
    public StorageVersionStatus Status { get; init; } = StorageVersionStatus.Empty;

    /// <inheritdoc/>
    public ApiObject PrepareForCreate() => this with { Status = StorageVersionStatus.Empty };

    /// <inheritdoc/>
    public ApiObject PrepareForUpdate(ApiObject old) => this with { Status = ((StorageVersion)old).Status };

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => StorageVersionTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => Status.Validate(FieldPath.Root.Child("status"), errors);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors) => Validate(errors);

    /// <inheritdoc/>
    public void ValidateStatusUpdate(ApiObject old, FieldErrors errors) => Validate(errors);

    private static IEnumerable<string> NameProblems(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot < 0
            ? ["name must be in the form of <group>.<resource>"]
            : NameFormats.DnsSubdomain(name[..dot]).Select(static problem => "the group segment " + problem)
                .Concat(NameFormats.Dns1035Label(name[(dot + 1)..]).Select(static problem => "the resource segment " + problem));
    }
}

[ApiType("io.k8s.api.apiserverinternal.v1alpha1.StorageVersionSpec")]
public sealed partial record StorageVersionSpec;

[ApiType("io.k8s.api.apiserverinternal.v1alpha1.StorageVersionStatus")]
public sealed partial record StorageVersionStatus
{
    /// <summary>What each server says.</summary>
    [Field(1, ListType = "map", MapKeys = "apiServerID")]
    public ApiList<ServerStorageVersion> StorageVersions { get; init; }

    /// <summary>The version that all servers store, if they agree.</summary>
    [Field(2)]
    public string? CommonEncodingVersion { get; init; }

    /// <summary>State of the agreement.</summary>
    [Field(3, ListType = "map", MapKeys = "type")]
    public ApiList<StorageVersionCondition> Conditions { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < StorageVersions.Count; i++)
        {
            StorageVersions[i].Validate(path.Child("storageVersions").Index(i), errors);
        }

        ValidateCommonVersion(path.Child("commonEncodingVersion"), errors);
        var types = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Conditions.Count; i++)
        {
            var at = path.Child("conditions").Index(i);
            if (!types.Add(Conditions[i].Type))
            {
                errors.Invalid(at.Child("type"), Conditions[i].Type, "the type of the condition is not unique, it also appears in an earlier condition");
            }

            Conditions[i].Validate(at, errors);
        }
    }

    private void ValidateCommonVersion(FieldPath path, FieldErrors errors)
    {
        var versions = StorageVersions.Select(static version => version.EncodingVersion).Distinct(StringComparer.Ordinal).ToList();
        var common = versions.Count == 1 ? versions[0] : null;
        if (common is null && CommonEncodingVersion is not null)
        {
            errors.Invalid(path, CommonEncodingVersion, "should be nil if servers do not agree on the same encoding version, or if there is no server reporting the supported versions yet");
        }
        else if (common is not null && CommonEncodingVersion is null)
        {
            errors.Invalid(path, null, $"the common encoding version is {common}");
        }
        else if (common is not null && CommonEncodingVersion != common)
        {
            errors.Invalid(path, CommonEncodingVersion, $"the actual common encoding version is {common}");
        }
    }
}

[ApiType("io.k8s.api.apiserverinternal.v1alpha1.ServerStorageVersion")]
public sealed partial record ServerStorageVersion
{
    /// <summary>The server.</summary>
    [Field(1)]
    public string ApiServerID { get; init; } = "";

    /// <summary>The version that it stores.</summary>
    [Field(2)]
    public string EncodingVersion { get; init; } = "";

    /// <summary>The versions that it can read; the stored one is among them.</summary>
    [Field(3, ListType = "set")]
    public ApiList<string> DecodableVersions { get; init; }

    /// <summary>The versions that it serves; it can read each.</summary>
    [Field(4, ListType = "set")]
    public ApiList<string> ServedVersions { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.InvalidAll(path.Child("apiServerID"), ApiServerID, NameFormats.DnsSubdomain(ApiServerID));
        ValidateVersion(EncodingVersion, path.Child("encodingVersion"), errors);
        for (var i = 0; i < DecodableVersions.Count; i++)
        {
            ValidateVersion(DecodableVersions[i], path.Child("decodableVersions").Index(i), errors);
        }

        if (!DecodableVersions.Contains(EncodingVersion))
        {
            errors.Invalid(path.Child("decodableVersions"), GoSyntax.Strings(DecodableVersions), $"decodableVersions must include encodingVersion {EncodingVersion}");
        }

        for (var i = 0; i < ServedVersions.Count; i++)
        {
            var at = path.Child("servedVersions").Index(i);
            ValidateVersion(ServedVersions[i], at, errors);
            if (!DecodableVersions.Contains(ServedVersions[i]))
            {
                errors.Invalid(at, ServedVersions[i], $"individual served version must be included in decodableVersions : [{string.Join(' ', DecodableVersions)}]");
            }
        }
    }

    // VERSION or GROUP/VERSION.
    private static void ValidateVersion(string version, FieldPath path, FieldErrors errors)
    {
        var parts = version.Split('/');
        if (version.Length == 0 || parts.Length > 2)
        {
            errors.Invalid(path, version, "an apiVersion must be in the form of <version> or <group>/<version>");
            return;
        }

        if (parts.Length == 2)
        {
            errors.InvalidAll(path, version, NameFormats.DnsSubdomain(parts[0]).Select(static problem => "group part: " + problem));
        }

        errors.InvalidAll(path, version, NameFormats.Dns1035Label(parts[^1]).Select(static problem => "version part: " + problem));
    }
}

[ApiType("io.k8s.api.apiserverinternal.v1alpha1.StorageVersionCondition")]
public sealed partial record StorageVersionCondition
{
    /// <summary>What the condition is about: AllEncodingVersionsEqual.</summary>
    [Field(1, Required = true, Always = true)]
    public string Type { get; init; } = "";

    /// <summary>True, False or Unknown.</summary>
    [Field(2, Required = true, Always = true)]
    public string Status { get; init; } = "";

    /// <summary>Generation that the condition reflects.</summary>
    [Field(3)]
    public long ObservedGeneration { get; init; }

    /// <summary>When the status last changed.</summary>
    [Field(4, Always = true)]
    public DateTimeOffset? LastTransitionTime { get; init; }

    /// <summary>One word in CamelCase that says why, for programs.</summary>
    [Field(5, Required = true, Always = true)]
    public string Reason { get; init; } = "";

    /// <summary>What happened, for people.</summary>
    [Field(6, Required = true, Always = true)]
    public string Message { get; init; } = "";

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.QualifiedName(path.Child("type"), Type);
        errors.NotEmpty(path.Child("status"), Status);
        errors.NotEmpty(path.Child("reason"), Reason);
        errors.NotEmpty(path.Child("message"), Message);
    }
}
